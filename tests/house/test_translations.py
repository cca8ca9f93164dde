"""Every text of the module has a Dutch translation: labels, help, buttons, selections, messages, views, reports."""
import os
import re
import unittest

import polib

from database import HostTest

MODULE = 'raadspost'
PLACES = re.compile(r'%\((\w+)\)[sd]|\{(\w+)\}')


def catalogue():
    "(type, name, English) -> Dutch, as shipped."
    from trytond.modules import get_module_info
    texts = {}
    for entry in polib.pofile(os.path.join(get_module_info(MODULE)['directory'], 'locale', 'nl.po')):
        if not entry.obsolete and 'fuzzy' not in entry.flags:
            kind, name, _ = entry.msgctxt.split(':', 2)
            texts[kind, name, entry.msgid] = entry.msgstr
    return texts


class TranslationTest(HostTest):
    modules = [MODULE]

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.catalogue = catalogue()
        with cls.database.transaction(language='en') as pool:
            # Texts of views and reports become rows only when an administrator asks for them.
            Set = pool.get('ir.translation.set', type='wizard')
            session, _, _ = Set.create()
            Set(session).transition_set_()
            Translation = pool.get('ir.translation')
            rows = Translation.search([('module', '=', MODULE), ('lang', 'in', ['en', 'nl'])])
            cls.english = {(row.type, row.name, row.src) for row in rows if row.lang == 'en' and row.src}
            cls.dutch = {row.value for row in rows if row.lang == 'nl' and not row.fuzzy}

    def test_every_text_is_there_in_dutch(self):
        self.assertTrue(self.english, "the module has no texts at all")
        missing = sorted(f'{kind} {name}: {src!r}' for kind, name, src in self.english
                         if not self.catalogue.get((kind, name, src)))
        self.assertFalse(missing, f"{len(missing)} of {len(self.english)} texts have no Dutch:\n  " + '\n  '.join(missing))

    def test_the_host_has_taken_every_translation(self):
        ignored = sorted(f'{kind} {name}: {src!r}' for (kind, name, src), dutch in self.catalogue.items()
                         if dutch and dutch not in self.dutch)
        self.assertFalse(ignored, "the catalogue translates what the module does not say:\n  " + '\n  '.join(ignored))

    def test_dutch_fills_the_same_places(self):
        wrong = [f'{src!r} -> {dutch!r}' for (_, _, src), dutch in self.catalogue.items()
                 if dutch and set(PLACES.findall(src)) != set(PLACES.findall(dutch))]
        self.assertFalse(wrong, "other places to fill in:\n  " + '\n  '.join(wrong))


if __name__ == '__main__':
    unittest.main()
