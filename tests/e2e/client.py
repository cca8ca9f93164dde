"""The host's web client (sao) as a person uses it, in a headless Chromium: menus, lists, forms, buttons, wizards.

Everything is done with real clicks and keys on what is visible. Each action waits until the client is quiet: no
request under way, no dialog fading. Texts are those of the screen, in Dutch; fields go by their technical name.
"""
import base64
import contextlib
import os
import re
import shutil
import tempfile
import time

from selenium import webdriver
from selenium.common.exceptions import (ElementClickInterceptedException, ElementNotInteractableException,
                                        StaleElementReferenceException)
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

WAIT_SECONDS = 60
OPENING_SECONDS = 5
REST_SECONDS = 180  # opening an appeal checks its text for every council
SIZES = {'1280x800': (1280, 800), '1920x1080': (1920, 1080)}
# The bare client logs these in every session, with no module of ours loaded.
KNOWN_NOISE = ('favicon', 'custom.css', 'custom.js', 'locale/', '501', '405', 'autocomplete', 'password field')

QUIET = """
    return document.readyState == 'complete' && window.jQuery !== undefined && jQuery.active == 0
        && !jQuery('#processing:visible').length && !jQuery('.modal.fade.in').filter(function() {
            return jQuery(this).css('opacity') != '1'; }).length
        && !jQuery('.modal-backdrop.fade').not('.in').length;"""


class NotOnScreen(AssertionError):
    pass


def browser(size='1280x800'):
    options = webdriver.ChromeOptions()
    options.binary_location = '/usr/bin/chromium'
    profile = tempfile.mkdtemp(prefix='raadspost-chromium-')
    for argument in ('--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run',
                     '--disable-background-networking', '--disable-component-update', '--disable-sync',
                     '--disable-default-apps', '--disable-extensions', '--no-default-browser-check', '--lang=nl', '--accept-lang=nl',
                     '--hide-scrollbars', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost',
                     f'--user-data-dir={profile}'):
        options.add_argument(argument)
    options.set_capability('goog:loggingPrefs', {'browser': 'ALL'})
    driver = webdriver.Chrome(service=Service('/usr/bin/chromedriver', log_path=os.devnull), options=options)
    driver.profile = profile
    resize(driver, size)
    return driver


def resize(driver, size):
    "The page itself gets this size, whatever the window's borders take."
    width, height = SIZES[size]
    driver.execute_cdp_cmd('Emulation.setDeviceMetricsOverride',
                           {'width': width, 'height': height, 'deviceScaleFactor': 1, 'mobile': False})


class Client:
    # With a dialog open, visible() looks inside it, where no tab-pane is.
    FRONT_BUTTONS = '.tab-pane.active button, .modal-footer button, .modal-body button'

    def __init__(self, address, database, size='1280x800'):
        self.address = address
        self.database = database
        self.driver = browser(size)

    def close(self):
        self.driver.quit()
        shutil.rmtree(self.driver.profile, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    # --- waiting and finding ------------------------------------------------------------------------

    def until(self, what, condition, seconds=WAIT_SECONDS):
        deadline = time.monotonic() + seconds
        while True:
            # What was found may be drawn anew before it is looked at.
            with contextlib.suppress(StaleElementReferenceException):
                if found := condition():
                    return found
            if time.monotonic() > deadline:
                raise NotOnScreen(f"{what} did not come; the screen says:\n{self.text()[:1500]}")
            time.sleep(0.05)

    def settle(self):
        """Quiet several times in a row: an answer may set off the next request.

        A guess: what is read afterwards is waited for (until, see, see_column)."""
        calm = 0
        deadline = time.monotonic() + REST_SECONDS
        while calm < 3:
            calm = calm + 1 if self.driver.execute_script(QUIET) else 0
            if time.monotonic() > deadline:
                raise NotOnScreen("the client does not come to rest")
            time.sleep(0.06)
        return self

    def visible(self, css, text=None):
        "What is in front: of an open dialog when there is one. With a text, only elements that say exactly that."
        return self.driver.execute_script("""
            let dialogs = jQuery('.modal:visible'), front = dialogs.length ? dialogs.last() : jQuery(document);
            let found = front.find(arguments[0]).filter(':visible').get(), text = arguments[1];
            if (text !== null) found = found.filter(e => e.textContent.replace(/_/g, '').trim() == text
                || e.getAttribute('title') == text || e.getAttribute('aria-label') == text);
            return found;""", css, text)

    def one(self, css, text=None):
        what = css if text is None else f'{text!r} ({css})'
        return self.until(what, lambda: self.visible(css, text))[0]

    def click(self, element):
        self.dismiss_notes()
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'nearest', inline: 'nearest'})", element)
        element.click()
        return self.settle()

    def click_on(self, what, find, seconds=WAIT_SECONDS, click=None):
        "Clicks the first that is found, and looks again as long as none is there, is free and stays until the click."
        def clicked():
            found = find()
            if not found:
                return False
            try:
                (click or self.click)(found[0])
                return True
            except (ElementClickInterceptedException, ElementNotInteractableException):
                return False
        self.until(what, clicked, seconds)
        return self

    def click_one(self, css, text=None):
        return self.click_on(css if text is None else f'{text!r} ({css})', lambda: self.visible(css, text))

    def dismiss_notes(self):
        "The client's passing notes ('Record opgeslagen') lie over the toolbar."
        self.driver.execute_script("jQuery('.alert .close').filter(':visible').click()")

    def text(self):
        return self.driver.execute_script(
            "let d = document.querySelectorAll('.modal.in'); return (d.length ? d[d.length - 1] : document.body).innerText")

    # --- coming and going ---------------------------------------------------------------------------

    def log_in(self, user, password):
        self.driver.get(f'{self.address}#{self.database}')
        self.settle()
        # A server with several databases lets people choose, and its list may come late.
        self.until("the database", lambda: self.driver.execute_script("""
            let select = jQuery('select#database:visible');
            if (select.length) return select.val(arguments[0]).val() === arguments[0];
            return jQuery('input#database').val() === arguments[0];""", self.database))
        self.one('input#login').send_keys(user, Keys.ENTER)
        self.one('input[type=password]').send_keys(password, Keys.ENTER)
        self.until("the menu", lambda: self.visible('#menu tr'))
        return self.settle()

    def log_out(self):
        return self.click_one('#user-logout > a')

    def start_over(self):
        "The same session with nothing open; what was being edited is given up."
        self.driver.get('about:blank')
        self.driver.get(f'{self.address}#{self.database}')
        self.until("the menu", lambda: self.visible('#menu tr'))
        return self.settle()

    # --- menus --------------------------------------------------------------------------------------

    def open_menu(self, *path):
        "open_menu('Relatie', 'Relaties') unfolds the first and opens the second."
        if not self.visible('#menu'):
            self.click_one('#main_navbar .navbar-brand, .navbar-toggle')
        parent = None
        for name in path:
            row = self._menu_row(name, parent)
            if row is None and parent is not None:
                self.click(parent['expander'])
                row = self.until(f"menu entry {name!r}", lambda: self._menu_row(name, parent))
            if row is None:
                raise NotOnScreen(f"no menu entry {name!r}; there are: {[row['name'] for row in self._menu_rows()]}")
            parent = row
        # One click opens; a second one would open a wizard a second time.
        return self.click(parent['label'])

    def _menu_rows(self):
        return self.driver.execute_script("""
            return jQuery('#menu tbody tr:visible').get().map(row => {
                let label = row.querySelector('.column-char'), expander = row.querySelector('.expander');
                return {name: label.textContent.trim(), label: label, expander: expander,
                        depth: parseFloat(expander.querySelector('img').style.marginLeft || 0)};});""")

    def _menu_row(self, name, parent):
        "The first entry of that name; below the parent, if one is given."
        inside = parent is None
        for row in self._menu_rows():
            if parent is not None and row['label'] == parent['label']:
                inside = True
            elif inside and parent is not None and row['depth'] <= parent['depth']:
                return None
            elif inside and row['name'] == name:
                return row
        return None

    # --- lists --------------------------------------------------------------------------------------

    def search(self, text):
        entry = self.one('.tab-pane.active .filter-box input.form-control, .modal .filter-box input.form-control')
        entry.clear()
        entry.send_keys(text, Keys.ENTER)
        return self.settle()

    def rows(self, table='.treeview table.tree'):
        "The list in front: a list of {column title: text}. Rows below the fold have no cells yet and are left out."
        return self.driver.execute_script("""
            let dialogs = jQuery('.modal:visible'),
                front = dialogs.length ? dialogs.last() : jQuery('.tab-pane.active').first();
            return front.find(arguments[0]).filter(':visible').last().children('tbody').children('tr:visible').get()
                .filter(row => row.querySelector('td[data-title] .widget')).map(row => Object.fromEntries(Array.from(row.querySelectorAll('td[data-title]')).map(cell => [
                    cell.dataset.title.replace(/: $/, ''),
                    Array.from(cell.querySelectorAll('.widget')).map(w => w.innerText).join(' ').trim()])));""", table)

    def column(self, title):
        "What the rows of the list in front say there."
        return [row[title] for row in self.rows() if title in row]

    def see_column(self, title, texts):
        "Waits until the list says exactly that: it may be filled a while after the client came to rest."
        self.until(f"a list with {title} {texts}", lambda: self.column(title) == texts)
        return self

    def open_row(self, text):
        "Opens the record of the first row in which a cell says that."
        return self.open_cell(f"a row with {text!r}", lambda: self.visible(
            '.tab-pane.active table.tree > tbody > tr td .widget, table.tree > tbody > tr td .widget', text))

    def open_first_row(self):
        "By a cell that is no link: those lead to another record, or to a mail program."
        return self.open_cell("a row", lambda: self.visible(
            '.tab-pane.active table.tree > tbody > tr td .widget:not(a):not(:has(a))'))

    def open_cell(self, what, find):
        """Two clicks that are too far apart, as on a busy machine, are no double click: they are made once more.

        What is opened takes the cell's place, or lies over it."""
        cells = self.until(what, find)

        def opened():
            return cells[0] not in find() and self.visible('.tab-pane.active .form, .form')
        for _ in range(WAIT_SECONDS // OPENING_SECONDS):
            with contextlib.suppress(StaleElementReferenceException, ElementNotInteractableException):
                self.double_click(cells[0])
            with contextlib.suppress(NotOnScreen):
                self.until("the form", opened, OPENING_SECONDS)
                return self.settle()
            cells = find() or cells
        raise NotOnScreen(f"{what} did not open; the screen says:\n{self.text()[:1500]}")

    def double_click(self, element):
        self.dismiss_notes()
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        webdriver.ActionChains(self.driver).double_click(element).perform()
        return self.settle()

    def tab_domain(self, name):
        "The tab above a list, such as 'Te doen'."
        return self.click_on(f"tab {name!r}", lambda: [
            tab for tab in self.visible('.tab-domain a') if tab.text.strip().startswith(name)])

    # --- forms --------------------------------------------------------------------------------------

    def press(self, button, seconds=WAIT_SECONDS):
        "A button by its label or technical name, in the dialog or the form in front."
        return self.click_on(f"button {button!r}", lambda: (
            self.visible(self.FRONT_BUTTONS, button) or self.visible(f'button[name="{button}"]')), seconds)

    def confirm(self):
        "The client's own question before a button that cannot be undone."
        return self.click_one('.confirmation-dialog .btn-primary, .modal-footer .btn-primary')

    def document(self):
        "Address of what the visible document widget shows."
        return self.until("a document", lambda: self.driver.execute_script("""
            let shown = jQuery('.tab-pane.active .form-document').find('object, iframe, embed').filter(':visible').get(0);
            return shown ? (shown.data || shown.src || '') : '';"""))

    def toolbar(self, action):
        "save, new_, reload, switch_, close, ...: the client's own names, whatever the language."
        return self.click_one(f'.tab-pane.active .toolbar button#{action}')

    def action(self, name):
        "An entry of the toolbar's action menu."
        self.click_one('.tab-pane.active .toolbar button#action')
        return self.click_one('.tab-pane.active .toolbar .dropdown.open a', name)

    def pages(self):
        "Titles of the form's outermost notebook."
        return self.driver.execute_script("""
            return jQuery('.tab-pane.active .form-notebook .nav-tabs').first().children('li:visible')
                .get().map(page => page.innerText.trim());""")

    def page(self, title):
        "A page of the form's notebook."
        return self.click_one('.form-notebook > .nav-tabs > li > a', title)

    def field(self, name):
        return self.one(f'[name="{name}"]:not(button)')

    def fill(self, **values):
        "Types as a person does: Many2Ones complete with the first proposal, choices by their first letters, booleans are clicked when they differ."
        for name, value in values.items():
            element = self.field(name)
            kind = element.get_attribute('type')
            if kind == 'checkbox':
                if element.is_selected() != value:
                    self.click(element)
            elif element.tag_name == 'select':
                self.driver.execute_script("""
                    let options = Array.from(arguments[0].options), option = options.find(o => o.text.trim() == arguments[1])
                        || options.find(o => o.text.trim().startsWith(arguments[1]));
                    if (!option) throw new Error('no such choice: ' + arguments[1] + ' in '
                        + Array.from(arguments[0].options).map(o => o.text).join(', '));
                    arguments[0].value = option.value;
                    jQuery(arguments[0]).trigger('change');""", element, value)
            else:
                element.click()
                # A number shows in one input and is typed into another.
                element = self.driver.switch_to.active_element
                element.send_keys(Keys.CONTROL, 'a', Keys.NULL, Keys.DELETE)
                element.send_keys(str(value))
                if self.driver.execute_script("return !!jQuery(arguments[0]).closest('.form-many2one').length", element):
                    # Those for the first letters may come before those for all of them.
                    self.click_on(f"a proposal for {value!r}", lambda: [
                        proposal for proposal in self.visible('.completion .dropdown-menu li a, .dropdown.open li a')
                        if str(value).lower() in proposal.text.lower()])
                else:
                    element.send_keys(Keys.TAB)
            self.settle()
        return self

    def value(self, name):
        "What the field says now; to wait for what it will say there is see()."
        return self.until(f"field {name!r}", lambda: self.driver.execute_script("""
            let dialogs = jQuery('.modal:visible'), front = dialogs.length ? dialogs.last() : jQuery(document),
                e = front.find('[name="' + arguments[0] + '"]:not(button)').filter(':visible').get(0);
            return !e ? null : [e.type == 'checkbox' ? e.checked
                : e.tagName == 'SELECT' ? (e.selectedOptions[0] || {text: ''}).text : e.value];""", name))[0]

    def see(self, **values):
        "Waits until these fields say that: a text, or what a compiled pattern finds."
        def says(name, wanted):
            value = self.value(name)
            return wanted.search(value) if isinstance(wanted, re.Pattern) else value == wanted
        for name, wanted in values.items():
            self.until(f"{name} saying {wanted!r}", lambda: says(name, wanted))
        return self

    def see_text(self, text):
        self.until(f"{text!r}", lambda: text in self.text())
        return self

    def attach_file(self, path, index=0):
        "Gives the file to the form's file chooser; dialogs that were closed leave theirs in the page."
        self.until("a file chooser", lambda: self.visible('input[type=file]'))
        self.visible('input[type=file]')[index].send_keys(os.path.abspath(path))
        return self.settle()

    # --- looking ------------------------------------------------------------------------------------

    def screenshot(self, folder, name, sizes=SIZES):
        "One picture per size, named name-1280x800.png."
        os.makedirs(folder, exist_ok=True)
        for size in sizes:
            resize(self.driver, size)
            self.settle()
            # Documents are drawn by a process of their own; nothing tells when it is done.
            if self.driver.find_elements(By.CSS_SELECTOR, 'object, embed, iframe'):
                time.sleep(1.5)
            picture = self.driver.execute_cdp_cmd('Page.captureScreenshot', {'format': 'png'})
            with open(os.path.join(folder, f'{name}-{size}.png'), 'wb') as file:
                file.write(base64.b64decode(picture['data']))
        return self

    def complaints(self):
        "What the browser's console says beyond what the bare client says in every session."
        return [entry['message'] for entry in self.driver.get_log('browser')
                if entry['level'] == 'SEVERE' and not any(noise in entry['message'] for noise in KNOWN_NOISE)]
