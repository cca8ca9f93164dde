"""A database of the host for one test: an SQLite file in WAL mode, or one in the tests' own PostgreSQL cluster.

Made the way an administrator makes it, with trytond-admin; a run of many tests makes one template per kind and
copies it. Which kind is asked of the environment (RAADSPOST_DATABASE), so that one test file serves both:

    class CouncilTest(HostTest):
        modules = ['raadspost']

        def test_something(self):
            with self.database.transaction() as pool:
                Council = pool.get('raadspost.council')

trytond reads its configuration once per process, hence one database per process.
"""
import configparser
import contextlib
import datetime
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest
import warnings
import zoneinfo

from cluster import shared

PASSWORD = 'Zes-ganzen7'
HOST_PYTHON = '/usr/bin/python3'


def today():
    "The day it is in the Netherlands, as the module counts days; the host's own clock is UTC."
    return datetime.datetime.now(zoneinfo.ZoneInfo('Europe/Amsterdam')).date()


def kind():
    return os.environ.get('RAADSPOST_DATABASE', 'sqlite')


def build_folder():
    return os.environ['RAADSPOST_BUILD']


def host_path():
    "Where the build puts modules for trytond to find."
    return os.environ.get('RAADSPOST_HOST_PATH', os.path.join(build_folder(), 'host'))


class Database:
    """One database and the trytond.conf that leads to it; remove() leaves nothing behind."""

    def __init__(self, kind=None, name='raadspost', sections=None, folder=None):
        self.kind = kind or globals()['kind']()
        self.name = name
        self.folder = folder or tempfile.mkdtemp(prefix='raadspost-test-')
        self.kept = folder is not None
        self.data = os.path.join(self.folder, 'data')
        os.makedirs(self.data, exist_ok=True)
        self.conf = os.path.join(self.folder, 'trytond.conf')
        self.cluster = None
        if self.kind == 'postgresql':
            self.cluster = shared(os.environ['RAADSPOST_CLUSTER'])
            # Tests run side by side in one cluster, so each has a name of its own.
            self.name = f'{name}_{os.path.basename(self.folder)[-8:].lower()}_{os.getpid()}'
        self.sections = sections or {}
        self.write_conf(self.sections)

    @property
    def uri(self):
        return self.cluster.uri if self.cluster else 'sqlite://'

    @property
    def file(self):
        return os.path.join(self.data, self.name + '.sqlite')

    def write_conf(self, sections):
        conf = configparser.RawConfigParser()
        conf['database'] = {'uri': self.uri, 'path': self.data, 'language': 'nl'}
        conf['session'] = {'authentications': 'password', 'max_attempt': '1000'}
        for section, options in sections.items():
            if not conf.has_section(section):
                conf.add_section(section)
            conf[section].update(options)
        with open(self.conf, 'w') as file:
            conf.write(file)

    def environment(self):
        "For programs that work on this database."
        paths = [host_path(), os.environ.get('PYTHONPATH', '')]
        return {**os.environ, 'PYTHONPATH': os.pathsep.join(filter(None, paths)), 'TRYTOND_CONFIG': self.conf}

    # --- making one ---------------------------------------------------------------------------------

    def create_empty(self):
        if self.kind == 'postgresql':
            self._administer(f'CREATE DATABASE "{self.name}" TEMPLATE template0')
        else:
            with contextlib.closing(sqlite3.connect(self.file)) as connection:
                connection.execute('PRAGMA journal_mode = WAL')

    def admin(self, *options):
        passwords = os.path.join(self.folder, 'password')
        with open(passwords, 'w') as file:
            file.write(PASSWORD)
        done = subprocess.run(
            [HOST_PYTHON, '/usr/bin/trytond-admin', '-c', self.conf, '-d', self.name, *options],
            env={**self.environment(), 'TRYTONPASSFILE': passwords}, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode:
            raise RuntimeError(f"trytond-admin {' '.join(options)} failed:\n{done.stdout}")
        return done.stdout

    def create(self, modules, languages=('nl',)):
        self.create_empty()
        said = self.admin('--all', '--email', 'beheer@crm.example', '-l', *languages)
        if modules:
            said += self.admin('-u', *modules, '--activate-dependencies', '-l', *languages)
        return said

    def copy_of(self, template):
        if self.kind == 'postgresql':
            self._administer(f'CREATE DATABASE "{self.name}" TEMPLATE "{template.name}"')
        else:
            # The template is at rest, so its write-ahead log is empty and the file is all there is.
            shutil.copyfile(template.file, self.file)
        return self

    def remove(self):
        if self.kind == 'postgresql':
            self._administer(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')
        if not self.kept:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _administer(self, statement):
        import psycopg2
        connection = psycopg2.connect(self.uri + 'postgres')
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement)
        finally:
            connection.close()

    # --- from outside, as another program does ------------------------------------------------------

    @contextlib.contextmanager
    def sql(self):
        "run(statement) gives the rows as dictionaries; committed at the end."
        if self.kind == 'postgresql':
            import psycopg2
            connection = psycopg2.connect(self.uri + self.name)
        else:
            connection = sqlite3.connect(self.file, timeout=30)

        def run(statement):
            cursor = connection.cursor()
            cursor.execute(statement)
            if not cursor.description:
                return []
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row)) for row in cursor.fetchall()]

        with contextlib.closing(connection):
            yield run
            connection.commit()

    # --- working in it, in this process -------------------------------------------------------------

    def open(self):
        if host_path() not in sys.path:
            sys.path.insert(0, host_path())
        from trytond.config import config
        config.update_etc(self.conf)
        # The host forgets which warnings are to be shown when its reports are imported.
        import trytond.report.report  # noqa: F401
        warnings.simplefilter('ignore')
        from trytond.pool import Pool
        Pool.start()
        pool = Pool(self.name)
        pool.init()
        return self

    @contextlib.contextmanager
    def transaction(self, user=1, commit=False, **context):
        "A transaction of that user; rolled back at the end unless it is told to commit."
        from trytond.pool import Pool
        from trytond.transaction import Transaction
        with Transaction().start(self.name, user, context={'language': 'nl', **context}) as transaction:
            yield Pool()
            if commit:
                transaction.commit()
            else:
                transaction.rollback()


def template_folder(modules, database_kind):
    "Templates of one ctest run, by kind and modules."
    label = hashlib.sha256(' '.join(sorted(modules)).encode()).hexdigest()[:8]
    return os.path.join(build_folder(), 'tests', 'host', 'templates', f'{database_kind}-{label}')


def database_with(modules, **options):
    "A new database with these modules: a copy of the run's template where there is one."
    database = Database(**options)
    marker = os.path.join(template_folder(modules, database.kind), 'name')
    if os.path.exists(marker) and 'RAADSPOST_IN_SUITE' in os.environ:
        with open(marker) as file:
            template = Database.__new__(Database)
            template.name = file.read().strip()
            template.data = os.path.join(os.path.dirname(marker), 'data')
        return database.copy_of(template)
    database.create(modules)
    return database


def make_template(modules):
    folder = template_folder(modules, kind())
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    template = Database(folder=folder)
    template.create(modules)
    with open(os.path.join(folder, 'name'), 'w') as file:
        file.write(template.name)


class HostTest(unittest.TestCase):
    "Tests inside one process of the host, on one database that all of the class share."
    modules = []
    sections = {}

    @classmethod
    def setUpClass(cls):
        cls.database = database_with(cls.modules, sections=cls.sections)
        cls.addClassCleanup(cls.database.remove)
        cls.database.open()


if __name__ == '__main__':
    make_template(sys.argv[1:])
