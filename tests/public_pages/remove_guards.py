"""Takes each guard of threats.md away in turn, from a copy of the sources, and looks whether a test turns red.

remove_guards.py BUILD [NUMBER...]: BUILD is a build folder whose tests pass; only the guards with these numbers. A guard that
can go without a test noticing is printed, and the exit code is 1. Guards in the core cost seconds each; those in the
CRM's module a minute, as a real CRM is tried. Nothing in the shipped sources knows of this.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parents[2]
TESTS = TOP / 'tests' / 'public_pages'
CORE, LINK, CRM = 'plugin/core/public_pages/', 'plugin/core/link/', 'plugin/crm/public_pages/'

# Number in threats.md, file, what stands there, what stands there instead, and the test that must notice:
# a unit test's program, or a file of this folder with the method's name.
GUARDS = [
    (1, LINK + 'token.cpp', 'if (::CRYPTO_memcmp(expected.data(), &*tail, signature_bytes) != 0) return invalid();',
     '(void)expected;', 'test_token'),
    # Either of the two would do: the kind in the token, and the key that belongs to it.
    (2, LINK + 'token.cpp',
     ('if ((*bytes)[0] != (version << 4 | static_cast<std::uint8_t>(kind))) return invalid();',
      'ring.key(kind, (*bytes)[1]);'), ('(void)kind;', 'ring.key(static_cast<Kind>((*bytes)[0] & 15), (*bytes)[1]);'),
     'test_token'),
    (3, CRM + 'door.cpp', 'if (keys_ && written == keys_written_) return &*keys_;', 'if (keys_) return &*keys_;',
     'test_limits.LimitsTest.test_keys_made_anew_leave_old_links_valid_until_they_are_retired'),
    (4, CRM + 'message_facts.cpp', 'message.expired = days > 0 &&', 'message.expired = days < 0 &&',
     'test_pages.PagesTest.test_wrong_old_and_foreign_links_are_all_alike'),
    (5, CRM + 'message_facts.cpp', "and d.state in ('claimed', 'deferred', 'sent', 'uncertain', 'delivered', 'bounced')", '',
     'test_pages.PagesTest.test_wrong_old_and_foreign_links_are_all_alike'),
    (4, CRM + 'routes.cpp', 'if (message.expired && page.expires)', 'if (message.expired && !page.expires)',
     'test_pages.PagesTest.test_an_expired_message_can_still_be_unsubscribed_from'),
    (6, CRM + 'routes.cpp', 'if (dispatch == 0) return refusal(Notice::unknown_link);',
     'if (dispatch == 0) return refusal(Notice::not_understood);',
     'test_pages.PagesTest.test_wrong_old_and_foreign_links_are_all_alike'),
    (7, CRM + 'routes.cpp', 'return to_write ? posted(', 'return to_write || !request.query.empty() ? posted(',
     'test_gateway.GatewayTest.test_looking_changes_nothing'),
    (8, CORE + 'unsubscribe_page.cpp', 'if (!form.has("omvang")) return Stop::nothing;',
     'if (!form.has("omvang")) return Stop::association;', 'test_unsubscribe_page'),
    (9, CRM + 'record_answer.cpp', 'return answer.who != Who::griffier;', 'return answer.who == Who::councillor;',
     'test_answering.AnsweringTest.test_somebody_else_waits_for_a_person'),
    (9, CORE + 'read_answer.cpp', 'if (!each.from_this_page) continue;', '', 'test_read_answer'),
    (11, CORE + 'read_answer.cpp', 'if (!is_ours(name, asked) || ', 'if ((is_ours(name, asked) && false) || ', 'test_read_answer'),
    (12, CRM + 'record_answer.cpp', 'if (engine() == Engine::postgresql)', 'if (false)',
     'test_answering.AnsweringTest.test_the_same_form_at_the_same_moment_counts_once@postgresql'),
    (12, CORE + 'read_answer.cpp', 'known = known || adds_nothing(told, each);', '(void)adds_nothing(told, each);', 'test_read_answer'),
    (13, CORE + 'answer_page.cpp', '">\\n" + escaped_html(typed_.one(name)) +', '">\\n" + std::string{typed_.one(name)} +',
     'test_answer_page'),
    (14, CORE + 'layout.cpp', '"default-src \'none\'; style-src "', '"style-src "', 'test_unsubscribe_page'),
    (15, CORE + 'layout.cpp', "; form-action 'self'; base-uri 'none'; frame-ancestors 'none'", "; form-action 'self'; base-uri 'none'",
     'test_unsubscribe_page'),
    (16, CORE + 'layout.cpp', '{"Cache-Control", "no-store"},', '', 'test_unsubscribe_page'),
    (17, CORE + 'layout.cpp', '{"Referrer-Policy", "same-origin"},', '', 'test_unsubscribe_page'),
    (18, CORE + 'layout.cpp', "plain += safe || byte == ' ' ? letter : '_';", 'plain += letter;', 'test_unsubscribe_page'),
    (19, CORE + 'form.cpp', 'if (body.size() > limits::body_bytes) return too_large();', '', 'test_form'),
    (19, CORE + 'form.cpp', 'return form.fields.size() < limits::field_count &&',
     'return form.fields.size() < limits::field_count * 1000 &&', 'test_form'),
    (20, CORE + 'form.cpp', 'if (parameter(value, "filename") || parameter(value, "filename*")) return std::nullopt;', '',
     'test_form'),
    (20, CORE + 'read_answer.cpp', '(!may_repeat(name) && form.all(name).size() > 1)',
     '(!may_repeat(name) && form.all(name).size() > 1000)', 'test_read_answer'),
    (21, CRM + 'door.cpp', 'return addresses_.take(asker, now) && ', 'return ',
     'test_limits.LimitsTest.test_an_address_may_ask_so_often'),
    (21, CORE + 'allowance.cpp', 'if (buckets_.size() >= most_) {', 'if (false) {', 'test_allowance'),
    (22, CRM + 'door.cpp', 'return tokens_.take(asker, now) && ', 'return ',
     'test_limits.LimitsTest.test_a_token_may_be_asked_for_so_often'),
    (22, CRM + 'door.cpp', '(!to_write || writing_tokens_.take(asker, now))',
     '(!to_write || !asker.empty())',
     'test_limits.LimitsTest.test_posting_is_limited_more'),
    (23, CORE + 'gate.cpp', 'if (inside_ >= most_inside_) {', 'if (false) {', 'test_gate'),
    (24, CORE + 'page_cache.cpp', 'while (entries_.size() > limits::cache_pages || bytes_ > limits::cache_bytes)',
     'while (false)', 'test_page_cache'),
    (24, CRM + 'routes.cpp', 'for (const Id each : done.dispatches) door.cache.forget(std::to_string(each) + " ");', '',
     'test_answering.AnsweringTest.test_a_page_that_lies_ready_shows_what_was_answered_since'),
    (24, CRM + 'routes.cpp', 'door.messages.forget(done.dispatches);', '',
     'test_answering.AnsweringTest.test_a_page_that_lies_ready_shows_what_was_answered_since'),
    (26, CRM + 'message_pages.cpp', 'inputs_hash(inputs.front()) != message.inputs_hash)', 'false)',
     'test_pages.PagesTest.test_a_message_whose_bytes_are_dropped_is_made_anew_or_gone'),
]


class Copy:
    "The sources and the build, in which one thing at a time is changed."

    def __init__(self, build, folder):
        self.build = pathlib.Path(build).resolve()
        self.sources = pathlib.Path(folder) / 'sources'
        self.own_build = self.sources / 'build'  # where a compiler's cache knows the paths
        self.sources.mkdir()
        for part in ('CMakeLists.txt', 'plugin', 'sdk_bindings', 'manifests', 'tests'):
            (shutil.copytree if (TOP / part).is_dir() else shutil.copy)(TOP / part, self.sources / part)
        self.configured = False

    def configure(self):
        known = (self.build / 'CMakeCache.txt').read_text()
        kept = [f'-D{line}' for line in known.splitlines()
                if line.startswith(('CMAKE_CXX_COMPILER_LAUNCHER:', 'CMAKE_CXX_FLAGS_RELEASE:', 'CMAKE_BUILD_TYPE:',
                                    'RAADSPOST_CRASH_POINTS:', 'Python3_EXECUTABLE:', 'PYTHON_EXECUTABLE:'))]
        self.run('cmake', '-G', 'Ninja', '-S', self.sources, '-B', self.own_build, *kept)
        self.configured = True

    def run(self, *command, **options):
        done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              stdin=subprocess.DEVNULL, **options)
        if done.returncode and not options.get('env'):
            raise SystemExit(done.stdout[-3000:])
        return done

    def make(self, *targets):
        if not self.configured:
            self.configure()
        self.run('ninja', '-C', self.own_build, *targets)

    def passes(self, test):
        "Builds what the test needs, and runs it."
        if '.' not in test:
            self.make(test)
            program = next(self.own_build.glob(f'tests/core/**/{test}'))
            return not self.run(program, env={**os.environ}).returncode
        self.make('_raadspost', 'raadspost_manifests', 'raadspostd', 'world_smtp')
        test, _, kind = test.partition('@')
        return not self.run(
            '/usr/bin/python3', '-W', 'ignore', '-m', 'unittest', test, cwd=TESTS, env={
                **os.environ, 'RAADSPOST_BUILD': str(self.own_build), 'RAADSPOST_HOST_PATH': str(self.own_build / 'host'),
                'RAADSPOST_DATABASE': kind or 'sqlite', 'PYTHONPATH': str(TOP / 'tests' / 'host'),
                'PYTHONDONTWRITEBYTECODE': '1'}).returncode


def misplaced():
    "Guards that do not stand just once where they are said to stand, so that they could not be taken away."
    return [f"{number}: not once in {name}:\n{one}" for number, name, guard, *_ in GUARDS
            for one in ([guard] if isinstance(guard, str) else guard) if (TOP / name).read_text().count(one) != 1]


def main(build, numbers):
    for each in misplaced():
        raise SystemExit(f"guard {each}")
    missed = 0
    with tempfile.TemporaryDirectory(prefix='raadspost-guards-') as folder:
        copy = Copy(build, folder)
        for number, name, guard, instead, test in GUARDS:
            if numbers and number not in numbers:
                continue
            file = copy.sources / name
            whole = file.read_text()
            guards, others = ([guard], [instead]) if isinstance(guard, str) else (guard, instead)
            without = whole
            for one, other in zip(guards, others):
                without = without.replace(one, other)
            if '@postgresql' in test and 'RAADSPOST_CLUSTER' not in os.environ:
                print(f'{number:3}  {"no PostgreSQL here":<24}{name}', flush=True)
                continue
            file.write_text(without)
            noticed = not copy.passes(test)
            file.write_text(whole)
            missed += not noticed
            print(f'{number:3}  {"noticed by" if noticed else "NOT NOTICED by":<16}{test:<90}{guards[0][:60]!r}', flush=True)
    print(f"{missed} guards can go without a test noticing")
    return 1 if missed else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1], {int(number) for number in sys.argv[2:]}))
