"""House rules that can be read off the files: layers, sizes, words, versions."""
import pathlib
import re
import subprocess
import unittest

from tree import TOP, files, lines_with, text

SOURCES = ('.cpp', '.hpp', '.h', '.c')
SOURCE_LINES = 600
FOLDER_FILES = 30
HOST_INCLUDE = re.compile(r'#\s*include\s*[<"](Python\.h|pybind11/|tryton/|sqlite3|libpq|postgresql/|lib\.h|mail-storage|dovecot)')
OWN_INCLUDE = re.compile(r'^#include "(core/[^"]+)"', re.MULTILINE)
# Spelt in halves, so that this file does not break its own rule.
UNFINISHED = re.compile(r'\b(' + '|'.join(['TO' 'DO', 'FIX' 'ME', 'XX' 'X', 'not imple' 'mented', 'st' 'ub', 'dum' 'my'])
                        + r')\b', re.IGNORECASE)
THIS_MACHINE = re.compile(r'(^|[^a-z.])/(wo' r'rk|fa' r'rm|ro' r'ot)/|/tm' r'p/[a-z]+/')
DOMAIN_WORDS = re.compile(r'\b(council|griffie|gemeente|raadspost|appeal|dispatch)', re.IGNORECASE)
ASSERTS = re.compile(r'BOOST_(TEST|CHECK|REQUIRE|AUTO_TEST|DATA_TEST|FIXTURE_TEST)|RC_ASSERT|rc::')
PYTHON_ASSERTS = re.compile(r'load_tests = checks_of|self\.(assert|fail)|client\.see|ModuleTestCase')


def sources(folder=''):
    return [name for name in files() if name.endswith(SOURCES) and name.startswith(folder)]


class TreeTest(unittest.TestCase):
    def assertNothing(self, found, rule):
        found = list(found)
        self.assertFalse(found, rule + ':\n  ' + '\n  '.join(found[:20]))

    def test_core_includes_no_host(self):
        self.assertNothing(lines_with(HOST_INCLUDE, sources('plugin/core/')), "the core knows no host")

    def test_core_headers_refuse_the_host(self):
        def refuses(name, seen=()):
            if name.endswith('no_host.hpp'):
                return True
            included = ['plugin/' + found for found in OWN_INCLUDE.findall(text(name))]
            return any(refuses(one, (*seen, name)) for one in included if one in headers and one not in seen)
        headers = {name for name in sources('plugin/core/') if name.endswith('.hpp')}
        self.assertNothing((name for name in sorted(headers) if not refuses(name)),
                           "a header of the core includes core/no_host.hpp, itself or through another one")

    def test_host_headers_stay_in_the_bindings(self):
        allowed = ('sdk_bindings/', 'plugin/crm/', 'plugin/daemon/', 'plugin/maildrop/', 'tests/')
        names = [name for name in sources() if not name.startswith(allowed)]
        self.assertNothing(lines_with(HOST_INCLUDE, names), "host headers only below sdk_bindings")

    def test_bindings_know_no_domain(self):
        self.assertNothing(lines_with(DOMAIN_WORDS, sources('sdk_bindings/')), "sdk_bindings holds no word of our domain")

    def test_files_have_a_size_to_read(self):
        def long():
            for name in sources():
                lines = text(name).count('\n')
                if lines > SOURCE_LINES:
                    yield f'{name}: {lines} lines'
        self.assertNothing(long(), f"a source beyond {SOURCE_LINES} lines is two")

    def test_folders_have_a_size_to_oversee(self):
        count = {}
        for name in sources():
            folder = str(pathlib.PurePath(name).parent)
            count[folder] = count.get(folder, 0) + 1
        self.assertNothing((f'{folder}: {n} files' for folder, n in count.items()
                            if n > FOLDER_FILES),
                           f"a folder beyond {FOLDER_FILES} sources is two")

    def test_nothing_is_left_unfinished(self):
        # A server of the tests may well answer "502 not implemented".
        names = [name for name in files() if not name.startswith('tests/')
                 and name.endswith(SOURCES + ('.py', '.xml', '.cmake', 'CMakeLists.txt', 'run'))]
        self.assertNothing(lines_with(UNFINISHED, names), "words of unfinished work")

    def test_no_path_of_a_developers_machine(self):
        self.assertNothing(lines_with(THIS_MACHINE, [name for name in files() if name != 'LICENSE']),
                           "paths of one machine")

    def test_test_files_assert_something(self):
        names = [name for name in files() if name.startswith('tests/') and pathlib.PurePath(name).name.startswith('test_')]
        silent = [name for name in names if name.endswith('.cpp') and not ASSERTS.search(text(name))
                  or name.endswith('.py') and not PYTHON_ASSERTS.search(text(name))]
        self.assertNothing(silent, "test files that assert nothing")

    def test_no_vague_rooms(self):
        vague = re.compile(r'(^|/|_)(utils?|commons?|helpers?|misc|managers?)(\.|/|_|$)')
        self.assertNothing((name for name in files() if vague.search(name)), "names that say nothing")

    def test_top_folders_explain_themselves(self):
        tops = sorted({name.split('/')[0] for name in files() if '/' in name and not name.startswith('.')})
        self.assertNothing((f'{top}/README.md' for top in tops if not (TOP / top / 'README.md').is_file()),
                           "each top folder has a README.md")

    def test_scripts_can_be_run(self):
        for name in ('run', '.ci/run'):
            self.assertTrue((TOP / name).stat().st_mode & 0o111, f'{name} has no run bit')
        self.assertIn('./run test', text('.ci/run'))

    def test_shell_scripts_parse(self):
        for name in ('run', '.ci/run'):
            self.assertEqual(subprocess.run(['bash', '-n', TOP / name]).returncode, 0, name)


class VersionTest(unittest.TestCase):
    def setUp(self):
        self.version = re.search(r'project\(raadspost VERSION ([0-9.]+)', text('CMakeLists.txt'))[1]

    def test_changelog_begins_with_it(self):
        self.assertEqual(re.search(r'^## ([0-9.]+)', text('CHANGELOG.md'), re.MULTILINE)[1], self.version)

    def test_it_is_written_nowhere_else(self):
        written = re.compile(r'(?<![0-9.])' + re.escape(self.version) + r'(?![0-9.])')
        elsewhere = [name for name in files() if name.startswith(('plugin/', 'sdk_bindings/', 'manifests/'))
                     and not name.endswith(('.csv', '.po', '.svg', '.md'))]
        self.assertEqual(list(lines_with(written, elsewhere)), [], "CMake stamps the version; it lives once")


if __name__ == '__main__':
    unittest.main()
