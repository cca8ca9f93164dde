"""Views of the module: every file is shown somewhere, every field of it exists, every menu leads to a window."""
import pathlib
import re
import unittest

from lxml import etree

from database import HostTest

MODULE = 'raadspost'
WEB_CLIENT = pathlib.Path('/usr/share/tryton-sao/www/dist/tryton-sao.js')


def rows_of(container):
    """Its children row by row, as the web client lays a form out: a row ends where the next child is too wide for it."""
    columns = int(container.get('col') or 4)
    if columns <= 0:  # one row, however long
        return [list(container.iterchildren(tag=etree.Element))]
    rows, room = [[]], columns
    for child in container.iterchildren(tag=etree.Element):
        span = min(int(child.get('colspan') or 1), columns)
        if child.tag == 'newline' or span > room:
            rows.append([])
            room = columns
        if child.tag != 'newline':
            rows[-1].append(child)
            room -= span
    return rows


class ViewTest(HostTest):
    modules = [MODULE]

    def folder(self):
        from trytond.modules import get_module_info
        return pathlib.Path(get_module_info(MODULE)['directory'])

    def views(self, pool):
        found = pool.get('ir.ui.view').search([('module', '=', MODULE)])
        self.assertTrue(found, "the module has no views")
        return found

    def test_every_view_file_is_used(self):
        with self.database.transaction() as pool:
            used = {view.name + '.xml' for view in self.views(pool) if view.name}
        files = {path.name for path in (self.folder() / 'view').glob('*.xml')}
        self.assertEqual(sorted(files ^ used), [])

    def test_every_field_of_a_view_exists(self):
        unknown = []
        with self.database.transaction() as pool:
            for view in self.views(pool):
                if not view.model or not view.name:
                    continue
                Model = pool.get(view.model)
                tree = etree.parse(str(self.folder() / 'view' / (view.name + '.xml')))
                for element in tree.iter('field', 'label', 'separator', 'button'):
                    name = element.get('name')
                    known = Model._buttons if element.tag == 'button' else Model._fields
                    # Fields inside a graph or a calendar may carry a suffix; a nested tree belongs to another model.
                    if name and name not in known and not name.startswith('['):
                        unknown.append(f'{view.name}: {element.tag} {name} of {view.model}')
        self.assertEqual(unknown, [])

    def test_the_web_client_can_draw_every_field(self):
        """A list with a plain DateTime never came up: the client has no such column, and said so nowhere."""
        if not WEB_CLIENT.exists():
            self.skipTest("the web client is not installed")
        drawn = {kind: set(re.findall(r"^ *'(\w+)':", parser.group(1), re.MULTILINE))
                 for kind in ('Tree', 'Form')
                 for parser in [re.search(rf'{kind}XMLViewParser\.WIDGETS = {{(.*?)}};', WEB_CLIENT.read_text(), re.DOTALL)]}
        self.assertIn('char', drawn['Tree'])
        unknown = []
        with self.database.transaction() as pool:
            for view in self.views(pool):
                if view.type not in ('tree', 'form') or not view.model:
                    continue
                fields = pool.get(view.model)._fields
                tree = etree.parse(str(self.folder() / 'view' / (view.name + '.xml')))
                for element in tree.iter('field'):
                    widget = element.get('widget') or fields[element.get('name')]._type
                    if widget not in drawn[view.type.title()]:
                        unknown.append(f"{view.name}: {element.get('name')} as {widget}")
        self.assertEqual(unknown, [])

    def test_a_label_stands_in_the_row_of_its_field(self):
        apart = []
        for path in sorted((self.folder() / 'view').glob('*_form.xml')):
            for container in etree.parse(str(path)).iter('form', 'page', 'group'):
                rows = rows_of(container)
                beside = {id(label) for row in rows for label, field in zip(row, row[1:])
                          if label.get('name') in (field.get('name'), field.get('id'))}
                apart += [f"{path.stem}: {child.get('name')}" for row in rows for child in row
                          if child.tag == 'label' and child.get('name') and id(child) not in beside]
        self.assertEqual(apart, [])

    def test_every_menu_opens(self):
        with self.database.transaction(user=1) as pool:
            Data = pool.get('ir.model.data')
            Menu = pool.get('ir.ui.menu')
            rows = Data.search([('module', '=', MODULE), ('model', '=', 'ir.ui.menu')])
            self.assertTrue(rows, "the module has no menu")
            dead = [menu.complete_name for menu in Menu.browse([row.db_id for row in rows])
                    if not menu.action and not menu.childs]
        self.assertEqual(dead, [])


if __name__ == '__main__':
    unittest.main()
