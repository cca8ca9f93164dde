"""What `cmake --install` lays down is all that a Tryton needs: there trytond-admin finds and activates the module, and the
daemon works on that database, as README tells an administrator to do it."""
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

BUILD = os.environ['RAADSPOST_BUILD']


class InstalledTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.prefix = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory(prefix='raadspost-installed-')))
        subprocess.run(['cmake', '--install', BUILD, '--prefix', cls.prefix], check=True, stdout=subprocess.DEVNULL)
        cls.packages = cls.prefix / 'lib' / f'python3.{sys.version_info.minor}' / 'dist-packages'
        os.environ['RAADSPOST_HOST_PATH'] = str(cls.packages)
        from database import Database
        cls.database = Database('sqlite')
        cls.addClassCleanup(cls.database.remove)
        cls.database.sections = {'raadspost': {'keys': os.path.join(cls.database.folder, 'keys')}}
        cls.database.write_conf(cls.database.sections)
        cls.database.create(['raadspost'])

    def test_the_module_is_active_in_dutch(self):
        with self.database.sql() as run:
            self.assertEqual(run("select state from ir_module where name = 'raadspost'"), [{'state': 'activated'}])
            self.assertTrue(run("select id from ir_translation where module = 'raadspost' and lang = 'nl' and value = 'Oproepen'"))

    def test_the_daemon_works_on_it(self):
        daemon = self.prefix / 'sbin' / 'raadspostd'
        for option in ('--arm', 'tests'), ('--once',):
            done = subprocess.run([daemon, '-c', self.database.conf, '-d', self.database.name, *option],
                                  env=self.database.environment(), capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_the_service_starts_that_daemon(self):
        service, = self.prefix.glob('lib/systemd/system/*.service')
        started, = (line for line in service.read_text().splitlines() if line.startswith('ExecStart='))
        self.assertTrue(started.split()[0].endswith('/sbin/raadspostd'), started)

    def test_nothing_but_modules_lies_among_python_packages(self):
        self.assertEqual({path.name.split('-')[0] for path in self.packages.iterdir()}, {'raadspost'})
        self.assertEqual([str(path) for path in self.prefix.rglob('*.a')], [])


if __name__ == '__main__':
    unittest.main()
