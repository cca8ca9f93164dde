"""The screen with which people begin: what it says on an empty CRM and as things come, and where its buttons lead whom."""
import pathlib
import re
import unittest

from database import HostTest


class ToDoTest(HostTest):
    modules = ['raadspost']

    def advice(self, pool):
        return pool.get('raadspost.to_do')(1).advice

    def test_it_says_what_comes_first(self):
        with self.database.transaction(language='nl') as pool:
            self.assertIn("Importeren", self.advice(pool))
            council, = pool.get('raadspost.council').create([{'code': 'GM0397', 'name': "Heemstede"}])
            self.assertIn("adressen van griffies", self.advice(pool))
            pool.get('raadspost.griffie').create([{
                'name': "Griffie Heemstede", 'email': 'griffie@heemstede.example', 'status': 'failing',
                'councils': [('add', [council.id])]}])
            self.assertIn("vereniging", self.advice(pool))
            party, = pool.get('party.party').create([{'name': "Vereniging Kleine Dorpen"}])
            association, = pool.get('raadspost.association').create([{
                'name': "Vereniging Kleine Dorpen", 'party': party.id, 'sender_name': "Vereniging Kleine Dorpen",
                'sender_email': 'oproep@dorpen.example'}])
            self.assertIn("Open Oproepen", self.advice(pool))
            pool.get('raadspost.appeal').create([{
                'name': "Een plek voor iedereen", 'association': association.id, 'subject': "Een plek",
                'message': "Geachte griffie,", 'letter': "Geachte raad,"}])
            self.assertEqual(self.advice(pool), "Griffies waarvan het adres niet werkt: 1. Open Griffies, tabblad Werkt niet, "
                                                "en vul een ander adres in.")
            pool.get('raadspost.griffie').write(pool.get('raadspost.griffie').search([]), {'status': 'confirmed'})
            self.assertEqual(self.advice(pool), "Er is op dit moment niets dat op u wacht.")

    def test_its_buttons_open_what_they_say(self):
        view = pathlib.Path(__file__).parents[2] / 'manifests' / 'tryton' / 'view' / 'to_do_form.xml'
        with self.database.transaction(commit=True) as pool:
            group = pool.get('ir.model.data').get_id('raadspost', 'group_reader')
            reader, = pool.get('res.user').create([{'name': "Lezer", 'login': 'lezer', 'groups': [('add', [group])]}])
        from trytond.model.modelview import AccessButtonError
        from trytond.transaction import Transaction
        opened = {}
        with self.database.transaction(user=reader.id) as pool, Transaction().set_context(_check_access=True):
            ToDo, Action = pool.get('raadspost.to_do'), pool.get('ir.action')
            self.assertTrue(self.advice(pool))
            for button in re.findall(r'<button name="(\w+)"', view.read_text()):
                try:
                    opened[button] = Action(getattr(ToDo, button)([ToDo(1)])).type
                except AccessButtonError:
                    opened[button] = 'not for readers'
        self.assertEqual({button for button, what in opened.items() if what == 'not for readers'}, {'judge', 'import_file'})
        self.assertEqual({what for what in opened.values() if what != 'not for readers'}, {'ir.action.act_window'})
        self.assertEqual(len(opened), 11)

if __name__ == '__main__':
    unittest.main()
