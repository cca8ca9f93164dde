"""The appeal's mail in a browser, light and dark: nothing for axe-core to find, readable on a telephone."""
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from client import browser, resize

AXE = pathlib.Path(os.environ['RAADSPOST_BUILD']) / 'axe' / 'node_modules' / 'axe-core' / 'axe.min.js'
PROGRAM = pathlib.Path(os.environ['RAADSPOST_BUILD']) / 'tests' / 'e2e' / 'sample_mails'
LOOKS = {'light': [], 'dark': [{'name': 'prefers-color-scheme', 'value': 'dark'}]}
SMALLEST_WIDTH = 320
SCRIPT_SECONDS = 300
# A reader's own spacing (WCAG 2.2, 1.4.12): also what a wider font than ours does to the longest word.
WIDE = 'td * { letter-spacing: .12em !important; word-spacing: .16em !important; line-height: 1.5 !important }'


class MailTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.mkdtemp(prefix='raadspost-mails-')
        cls.addClassCleanup(shutil.rmtree, folder)
        subprocess.run([PROGRAM, folder], check=True)
        cls.mails = sorted(pathlib.Path(folder).glob('*.html'))
        cls.driver = browser()
        cls.driver.set_script_timeout(SCRIPT_SECONDS)
        cls.addClassCleanup(shutil.rmtree, cls.driver.profile, ignore_errors=True)
        cls.addClassCleanup(cls.driver.quit)

    def each(self):
        self.assertEqual(len(self.mails), 3)
        for mail in self.mails:
            for look, features in LOOKS.items():
                self.driver.execute_cdp_cmd('Emulation.setEmulatedMedia', {'features': features})
                self.driver.get(mail.as_uri())
                yield f'{mail.stem}, {look}'

    def test_axe_finds_nothing(self):
        if not AXE.exists():
            self.skipTest("axe-core is not there; ./run test gets it where npm is installed")
        for mail in self.each():
            self.driver.execute_script(AXE.read_text())
            found = self.driver.execute_async_script(
                "let done = arguments[0]; axe.run().then(r => done(r.violations), e => done([{id: String(e), nodes: []}]))")
            self.assertEqual([(one['id'], [node['html'] for node in one['nodes']]) for one in found], [], mail)

    def test_no_sideways_scrolling_on_a_telephone(self):
        self.driver.execute_cdp_cmd('Emulation.setDeviceMetricsOverride', {
            'width': SMALLEST_WIDTH, 'height': 640, 'deviceScaleFactor': 1, 'mobile': True})
        self.addCleanup(resize, self.driver, '1280x800')
        for mail in self.each():
            self.assertLessEqual(self.driver.execute_script("return document.documentElement.scrollWidth"),
                                 SMALLEST_WIDTH, mail)
            self.driver.execute_script("document.head.appendChild(document.createElement('style'))"
                                       ".textContent = arguments[0]", WIDE)
            self.assertLessEqual(self.driver.execute_script("return document.documentElement.scrollWidth"),
                                 SMALLEST_WIDTH, mail + ', spaced wider')

    def test_text_is_large_enough(self):
        for mail in self.each():
            smallest = self.driver.execute_script("""
                let sizes = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
                while (walk.nextNode()) if (walk.currentNode.textContent.trim()) {
                    let element = walk.currentNode.parentElement;
                    if (element.getClientRects().length) sizes.push(parseFloat(getComputedStyle(element).fontSize));
                }
                return Math.min(...sizes);""")
            self.assertGreaterEqual(smallest, 13, mail)

    def test_nothing_is_fetched(self):
        for mail in self.each():
            fetched = self.driver.execute_script("return performance.getEntriesByType('resource').map(e => e.name)")
            self.assertEqual(fetched, [], mail)
            self.assertEqual(self.driver.execute_script("return document.images.length + document.scripts.length"), 0,
                             mail)
            self.assertEqual(self.driver.execute_script("return document.documentElement.lang"), 'nl', mail)


if __name__ == '__main__':
    unittest.main()
