// Breaks the build when a host's header has leaked into the core. Included by every public header of the core.
#pragma once

#if defined(Py_PYTHON_H) || defined(PYBIND11_VERSION_MAJOR)
#error "plugin/core is plain C++: no Python header may be seen here (see README.md, layers)"
#endif
#if defined(DOVECOT_VERSION) || defined(MAIL_STORAGE_H)
#error "plugin/core is plain C++: no Dovecot header may be seen here (see README.md, layers)"
#endif
