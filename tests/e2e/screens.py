"""./run screens: pictures of every window of the module, in Dutch, empty and full, for looking at.

Walks the menu as it stands, so that a new window is in the pictures by itself: each list, the first record's form and
each page of that form, at 1280x800 and 1920x1080. The full ones show the demo's country after its year, and
the windows of scenes.py besides.
"""
import argparse
import os
import pathlib
import shutil
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TOP / 'tests' / folder) for folder in ('host', 'world', 'e2e')]

from client import Client  # noqa: E402
from database import PASSWORD  # noqa: E402
from demo import COLLEAGUES, Demo, Relay, add_colleagues  # noqa: E402
import scenes  # noqa: E402
from web_server import WebServer  # noqa: E402


def menus(database):
    "(technical name, path of Dutch names, whether its rows open as a form) of every entry that opens something."
    with database.transaction() as pool:
        Menu = pool.get('ir.ui.menu')
        rows = pool.get('ir.model.data').search([('module', '=', 'raadspost'), ('model', '=', 'ir.ui.menu')])
        found = []
        for row in rows:
            menu = Menu(row.db_id)
            if not menu.action:
                continue
            opens = menu.action.type != 'ir.action.act_window' or any(
                each.view.type == 'form' for each in pool.get('ir.action.act_window.view').search(
                    [('act_window', '=', menu.action.id)]))
            path = [menu.name]
            while menu.parent:
                menu = menu.parent
                path.insert(0, menu.name)
            found.append((row.fs_id.removeprefix('menu_'), path, opens))
        return found


class Album:
    def __init__(self, client, folder):
        self.client = client
        self.folder = folder
        self.count = 0

    def picture(self, name):
        self.count += 1
        self.client.screenshot(self.folder, name)

    def rows(self):
        return self.client.visible('.tab-pane.active table.tree > tbody > tr td .widget')

    def window(self, name, path, opens):
        self.client.start_over().open_menu(*path)
        if self.client.visible('.modal-dialog'):
            self.picture(f'{name}-wizard')
            return
        self.picture(f'{name}-list' if self.client.visible('.tab-pane.active .filter-box') else name)
        if not opens:
            return
        rows = self.rows()
        # The first tab may be empty on a good day.
        for tab in self.client.visible('.tab-domain a')[1:]:
            if not rows:
                self.client.click(tab)
                rows = self.rows()
        if rows:
            self.client.open_first_row()
        if self.client.visible('.tab-pane.active .form-notebook'):
            for number, title in enumerate(self.client.pages(), 1):
                self.client.page(title)
                self.picture(f'{name}-form-{number}')
        elif rows:
            self.picture(f'{name}-form')


def take(database, folder):
    with WebServer(database) as server, Client(server.address, database.name) as client:
        client.log_in('admin', PASSWORD)
        album = Album(client, folder)
        for name, path, opens in menus(database):
            album.window(name, path, opens)
        return album.count


def play(demo, folder):
    "The scenes, each by whoever plays it in life."
    with demo.database.transaction(commit=True) as pool:
        User = pool.get('res.user')
        User.write(User.search([('login', 'in', list(COLLEAGUES))]), {'email': 'collega@dorpensamen.example'})
        Appeal = pool.get('raadspost.appeal')
        draft, other = [appeal.name for appeal in Appeal.search([('state', '=', 'draft')])]
        running = Appeal.search([('state', '=', 'running')], limit=1)[0].name
    with demo.database.transaction(user=demo.user('redactie'), commit=True, _check_access=True) as pool:
        Appeal = pool.get('raadspost.appeal')
        Appeal.submit(Appeal.search([('name', '=', other)]))
    with WebServer(demo.database) as server, Client(server.address, demo.database.name) as client:
        album = Album(client, folder)
        for login, scene in [('admin', scenes.imports), ('redactie', lambda album: scenes.writing(album, draft)),
                             ('bestuur', lambda album: scenes.approving(album, other)), ('admin', scenes.sent),
                             ('bestuur', lambda album: scenes.following_up(album, running))]:
            client.log_in(login, PASSWORD)
            scene(album)
            client.start_over().log_out()
        return album.count


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--build', type=pathlib.Path, required=True)
    parser.add_argument('--output', type=pathlib.Path, required=True)
    options = parser.parse_args()
    workshop = pathlib.Path(tempfile.mkdtemp(prefix='raadspost-screens-'))
    build = options.build.resolve()
    relay = Relay(build / 'tests' / 'world' / 'world_smtp', workshop)
    try:
        demo = Demo(build, workshop, relay.port)
        demo.prepare()
        with demo.database.transaction(commit=True) as pool:
            add_colleagues(pool)
        taken = take(demo.database, options.output / 'empty')
        demo.pass_year()
        demo.daemon('--once')  # by the real clock: the plan as it stands today
        taken += play(demo, options.output / 'full')
        taken += take(demo.database, options.output / 'full')
        print(f"{taken} screens in two sizes, in {os.path.relpath(options.output)}/")
    finally:
        relay.stop()
        shutil.rmtree(workshop, ignore_errors=True)


if __name__ == '__main__':
    main()
