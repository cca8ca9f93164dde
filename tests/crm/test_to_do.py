"""The screen with which people begin: what it says on an empty CRM and as things come, and that every list that it leads
to may be counted by a reader."""
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

    def test_readers_may_count_what_it_leads_to(self):
        view = pathlib.Path(__file__).parents[2] / 'manifests' / 'tryton' / 'view' / 'to_do_form.xml'
        actions = re.findall(r'name="raadspost\.(act_\w+)"', view.read_text())
        self.assertGreater(len(actions), 5)
        with self.database.transaction(commit=True) as pool:
            group = pool.get('ir.model.data').get_id('raadspost', 'group_reader')
            reader, = pool.get('res.user').create([{'name': "Lezer", 'login': 'lezer', 'groups': [('add', [group])]}])
        from trytond.transaction import Transaction
        with self.database.transaction(user=reader.id) as pool, Transaction().set_context(_check_access=True):
            self.assertTrue(self.advice(pool))
            for action in actions:
                model = pool.get('ir.action.act_window')(pool.get('ir.model.data').get_id('raadspost', action)).res_model
                self.assertEqual(pool.get(model).search([], count=True), 0, model)

    def test_its_buttons_open_wizards(self):
        with self.database.transaction() as pool:
            ToDo, Action = pool.get('raadspost.to_do'), pool.get('ir.action')
            for button, wizard in [('judge', 'wizard_triage'), ('import_file', 'act_import_register')]:
                self.assertEqual(Action(getattr(ToDo, button)([ToDo(1)])).id,
                                 pool.get('ir.action.wizard')(pool.get('ir.model.data').get_id('raadspost', wizard)).action.id)


if __name__ == '__main__':
    unittest.main()
