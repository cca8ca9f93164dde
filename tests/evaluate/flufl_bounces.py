"""Reads each message of the folder's labels with Python's email parser and flufl.bounce, the reader of Mailman, to
compare with. Writes lines "file TAB temporary|permanent TAB address", and last "messages per second TAB number" (of
processor time)."""
import csv
import email
import pathlib
import sys
import time

from flufl.bounce import all_failures

SECONDS = 1.0


def main():
    folder = pathlib.Path(sys.argv[1])
    with open(folder / 'labels.tsv', encoding='utf-8', newline='') as labels:
        rows = csv.DictReader(labels, delimiter='\t', quoting=csv.QUOTE_NONE)
        files = list(dict.fromkeys(row['file'] for row in rows))
    within = folder / 'mail' if (folder / 'mail').is_dir() else folder
    mails = {name: (within / name).read_bytes() for name in files}
    for name, mail in mails.items():
        try:
            temporary, permanent = all_failures(email.message_from_bytes(mail))
        except Exception:  # it fails on some malformed messages: it found nobody then
            continue
        for kind, addresses in (('temporary', temporary), ('permanent', permanent)):
            for address in addresses:
                if isinstance(address, bytes):
                    address = address.decode('utf-8', 'replace')
                print(name, kind, address.replace('\t', ' ').replace('\n', ' '), sep='\t')
    start = time.process_time()
    passes = 0
    while time.process_time() - start < SECONDS:
        for mail in mails.values():
            try:
                all_failures(email.message_from_bytes(mail))
            except Exception:  # the time that it took counts all the same
                pass
        passes += 1
    print('messages per second', passes * len(mails) / (time.process_time() - start), sep='\t')


if __name__ == '__main__':
    main()
