"""The public pages in a real browser, on a telephone and on a desk, in light and dark, by keyboard alone; axe-core judges.

With RAADSPOST_PICTURES=FOLDER the pages are photographed there, to be looked at.
"""
import base64
import contextlib
import os
import pathlib
import re
import shutil
import unittest

from office import PUBLIC, PublicPagesTest
from client import browser
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.expected_conditions import staleness_of
from selenium.webdriver.support.wait import WebDriverWait

AXE = pathlib.Path(os.environ['RAADSPOST_BUILD']) / 'axe' / 'node_modules' / 'axe-core' / 'axe.min.js'
THREE, SUDWEST, HAGUE = 'griffie@drie.example', 'griffie@sudwest.example', 'griffie@den-haag.example'
DEVICES = {'phone': (360, 740, True), 'desk': (1280, 800, False)}
LOOKS = {'light': [], 'dark': [{'name': 'prefers-color-scheme', 'value': 'dark'}]}
NARROWEST = 320
SMALLEST_TARGET = 24  # WCAG 2.2, 2.5.8
SLOWEST_MS = 1500
GOES = 5  # a busy machine may be slow in one
LONGEST_WAIT = 60  # seconds
SCRIPT_SECONDS = 300
# A reader's own spacing (WCAG 2.2, 1.4.12).
WIDE = '* { letter-spacing: .12em !important; word-spacing: .16em !important; line-height: 1.5 !important }'


class BrowserTest(PublicPagesTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Links of the pages then lead to this server, not to the name in the mails.
        with cls.database.transaction(commit=True) as pool:
            configuration = pool.get('raadspost.configuration')(1)
            configuration.public_address = cls.server.address
            configuration.save()
        cls.driver = browser()
        cls.driver.set_script_timeout(SCRIPT_SECONDS)
        cls.addClassCleanup(shutil.rmtree, cls.driver.profile, ignore_errors=True)
        cls.addClassCleanup(cls.driver.quit)

    def use(self, device, look='light'):
        width, height, mobile = DEVICES[device]
        self.driver.execute_cdp_cmd('Emulation.setDeviceMetricsOverride', {
            'width': width, 'height': height, 'deviceScaleFactor': 1, 'mobile': mobile})
        self.driver.execute_cdp_cmd('Emulation.setEmulatedMedia', {'features': LOOKS[look]})

    def open(self, path):
        self.driver.get(self.server.address.rstrip('/') + path)
        return self.driver

    def pages(self):
        "Every page that there is, by name; the driver stands on it."
        for name, mailbox in (('three', THREE), ('sudwest', SUDWEST)):
            for kind in ('antwoord', 'bericht', 'afmelden'):
                self.open(self.link(mailbox, kind))
                yield f'{kind}-{name}'
        self.open(self.link(THREE, 'antwoord'))
        self.press()
        yield 'antwoord-three-mistakes'
        self.open(self.link(HAGUE, 'antwoord'))
        self.tick('wie-griffier')
        self.tick('GM0518.uitkomst-passed_on')
        self.press()
        yield 'antwoord-hague-done'
        self.open('/raadspost/antwoord/onbekend')
        yield 'unknown'

    def find(self, id):
        return self.driver.find_element(By.ID, id)

    def tick(self, id):
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", self.find(id))
        self.find(id).click()

    def press(self):
        "Sends the form as it is; the browser's own checks do not stop it, as they would not stop others."
        with self.next_page():
            self.driver.execute_script("document.forms[0].noValidate = true; document.forms[0].requestSubmit()")

    @contextlib.contextmanager
    def next_page(self):
        "What is done inside leads to another page; after it that page is there, not the old one on its way out."
        page = self.driver.find_element(By.TAG_NAME, 'html')
        yield
        WebDriverWait(self.driver, LONGEST_WAIT).until(staleness_of(page))
        WebDriverWait(self.driver, LONGEST_WAIT).until(
            lambda driver: driver.execute_script("return document.readyState") == 'complete')

    def picture(self, name):
        folder = os.environ.get('RAADSPOST_PICTURES')
        if not folder:
            return
        os.makedirs(folder, exist_ok=True)
        made = self.driver.execute_cdp_cmd('Page.captureScreenshot', {'format': 'png', 'captureBeyondViewport': True})
        (pathlib.Path(folder) / f'{name}.png').write_bytes(base64.b64decode(made['data']))

    def refusals(self):
        "What the browser did not do because the policy forbids it."
        return [entry['message'] for entry in self.driver.get_log('browser') if 'Content Security Policy' in entry['message']]

    def test_axe_finds_nothing(self):
        if not AXE.exists():
            self.skipTest("axe-core is not there; ./run test gets it where npm is installed")
        for device in DEVICES:
            for look in LOOKS:
                self.use(device, look)
                for name in self.pages():
                    self.picture(f'{name}-{device}-{look}')
                    self.assertEqual(self.refusals(), [], name)
                    self.driver.execute_cdp_cmd('Page.setBypassCSP', {'enabled': True})
                    self.driver.execute_script(AXE.read_text())
                    found = self.driver.execute_async_script(
                        "let done = arguments[0]; axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', "
                        "'best-practice']}).then(r => done(r.violations), e => done([{id: String(e), nodes: []}]))")
                    self.driver.execute_cdp_cmd('Page.setBypassCSP', {'enabled': False})
                    self.assertEqual([(one['id'], [node['html'][:200] for node in one['nodes']]) for one in found], [],
                                     f'{name} {device} {look}')

    def test_fits_a_narrow_telephone_and_fingers(self):
        self.driver.execute_cdp_cmd('Emulation.setDeviceMetricsOverride', {
            'width': NARROWEST, 'height': 640, 'deviceScaleFactor': 1, 'mobile': True})
        for name in self.pages():
            self.assertLessEqual(self.driver.execute_script("return document.documentElement.scrollWidth"), NARROWEST, name)
            small = self.driver.execute_script(
                "return [...document.querySelectorAll('input:not([type=hidden]),button,textarea')].filter(e => "
                "{let r = e.getBoundingClientRect(); return Math.min(r.width, r.height) < arguments[0]}).map(e => e.id)",
                SMALLEST_TARGET)
            self.assertEqual(small, [], name)

    def test_fits_a_narrow_telephone_with_a_readers_own_spacing(self):
        self.driver.execute_cdp_cmd('Emulation.setDeviceMetricsOverride', {
            'width': NARROWEST, 'height': 640, 'deviceScaleFactor': 1, 'mobile': True})
        for name in self.pages():
            # As an extension of the reader's does it: the page's own policy does not hold for those.
            self.assertTrue(self.driver.execute_script(
                "let sheet = new CSSStyleSheet(); sheet.replaceSync(arguments[0]); document.adoptedStyleSheets = [sheet];"
                "return getComputedStyle(document.querySelector('h1')).letterSpacing != 'normal'", WIDE), name)
            self.picture(f'{name}-spaced')
            self.assertLessEqual(self.driver.execute_script("return document.documentElement.scrollWidth"), NARROWEST, name)
            cut = self.driver.execute_script("""
                return [...document.querySelectorAll('body *')].filter(e => getComputedStyle(e).display != 'inline'
                    && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX != 'visible' && e.clientWidth)
                    .map(e => e.outerHTML.slice(0, 100));""")
            self.assertEqual(cut, [], name)

    def test_nothing_is_fetched_and_it_is_quick(self):
        self.use('phone')
        quickest = {}
        for _ in range(GOES):
            for name in self.pages():
                self.assertEqual(self.driver.execute_script(
                    "return performance.getEntriesByType('resource').map(e => e.name).filter(n => !n.endsWith('favicon.ico'))"),
                    [], name)
                self.assertEqual(self.driver.execute_script("return document.scripts.length + document.images.length"), 0)
                milliseconds = self.driver.execute_script(
                    "let e = performance.getEntriesByType('navigation')[0]; return e.domContentLoadedEventEnd - e.startTime")
                quickest[name] = min(milliseconds, quickest.get(name, milliseconds))
                size = self.driver.execute_script("return document.documentElement.outerHTML.length")
                self.assertLess(size, 40_000, name)
            if max(quickest.values()) < SLOWEST_MS:
                return
        self.fail(f"too slow even in the best of {GOES} goes: {quickest}")

    def test_answering_by_keyboard_alone(self):
        self.use('desk')
        self.open(self.link(THREE, 'antwoord'))

        def on(what, most=80):
            "Tabs on until the focus is there, and shows."
            for _ in range(most):
                ActionChains(self.driver).send_keys(Keys.TAB).perform()
                focus = self.driver.switch_to.active_element
                shown = self.driver.execute_script("return getComputedStyle(arguments[0]).outlineStyle", focus)
                self.assertNotEqual(shown, 'none', focus.get_attribute('outerHTML')[:100])
                if focus.get_attribute('id') == what or focus.text == what:
                    return focus
            self.fail(f"tabbing never came to {what}")

        def keys(*pressed):
            ActionChains(self.driver).send_keys(*pressed).perform()

        on('wie-griffier')
        keys(Keys.SPACE)
        on('GM0373.uitkomst-passed_on')
        keys(Keys.SPACE)
        on('GM0796.nummer')
        keys('28')
        on('GM0820.uitkomst-declined')
        keys(Keys.SPACE)
        on('opmerking')
        keys('Dank voor de brief')
        on('Antwoord vastleggen')
        with self.next_page():
            keys(Keys.ENTER)
        self.assertIn('Dank u wel', self.driver.find_element(By.TAG_NAME, 'h1').text)
        self.assertEqual(self.outcomes(THREE), [('GM0373', 'passed_on', None, True), ('GM0796', 'listed', '28', True),
                                                ('GM0820', 'declined', None, True)])
        on('Antwoord wijzigen of aanvullen')
        with self.next_page():
            keys(Keys.ENTER)
        self.assertIn('nummer 28', self.driver.find_element(By.TAG_NAME, 'main').text)
        self.picture('antwoord-three-recorded')

    def test_a_mistake_is_said_and_led_to(self):
        self.use('phone')
        self.open(self.link(SUDWEST, 'antwoord'))
        self.find('adres').send_keys('geen adres')
        self.press()
        alert = self.driver.find_element(By.CSS_SELECTOR, '[role=alert]')
        self.assertIn('Geef aan wie er antwoordt', alert.text)
        self.assertTrue(self.driver.title.startswith('Fout: '))
        alert.find_element(By.LINK_TEXT, 'Geef aan wie er antwoordt.').click()
        self.assertEqual(self.find('adres').get_attribute('value'), 'geen adres')
        self.assertEqual(self.find('adres').get_attribute('aria-describedby'), 'adres-uitleg adres-fout')

    def test_the_way_from_the_message_to_unsubscribing(self):
        self.use('phone')
        self.open(self.link(SUDWEST, 'bericht'))
        letters = self.driver.find_elements(By.PARTIAL_LINK_TEXT, 'Brief aan de raad')
        self.assertEqual(len(letters), 1)
        with self.next_page():
            self.driver.find_element(By.LINK_TEXT, 'door u af te melden').click()
        self.tick('omvang-oproep')
        with self.next_page():
            self.driver.find_element(By.TAG_NAME, 'button').click()
        self.assertIn('U bent afgemeld', self.driver.find_element(By.TAG_NAME, 'h1').text)
        self.assertEqual(self.sql('select mailbox, scope from raadspost_suppression'), [(SUDWEST, 'appeal')])

    def test_the_policy_stops_what_does_not_belong(self):
        self.open(self.link(SUDWEST, 'antwoord'))
        self.driver.execute_script("""
            let script = document.createElement('script'); script.textContent = 'window.ran = true';
            document.body.append(script);
            let picture = new Image(); picture.src = 'http://localhost/x.png'; document.body.append(picture);""")
        self.assertIsNone(self.driver.execute_script("return window.ran"))
        WebDriverWait(self.driver, LONGEST_WAIT).until(lambda _: self.refusals())

    def test_addresses_of_the_mails_are_those_of_the_public_name(self):
        for mail in self.mails.values():
            html = mail.get_body(('html',)).get_content()
            self.assertEqual(set(re.findall(r'https?://[^/"]+/raadspost', html)), {PUBLIC + '/raadspost'})


if __name__ == '__main__':
    unittest.main()
