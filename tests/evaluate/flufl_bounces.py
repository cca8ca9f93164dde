"""Reads each message of the folder's labels with Python's email parser and flufl.bounce, the reader of Mailman, to
compare with. "found FOLDER" writes lines "file TAB temporary|permanent TAB address" and a last line "that is all";
"speed FOLDER" messages per second of processor time."""
import csv
import email
import pathlib
import sys
import time

from flufl.bounce import all_failures

SECONDS = 0.4  # at least, in one round


def mails_of(folder):
    with open(folder / 'labels.tsv', encoding='utf-8', newline='') as labels:
        rows = csv.DictReader(labels, delimiter='\t', quoting=csv.QUOTE_NONE)
        files = list(dict.fromkeys(row['file'] for row in rows))
    within = folder / 'mail' if (folder / 'mail').is_dir() else folder
    return {name: (within / name).read_bytes() for name in files}


def failures(mail):
    try:
        return all_failures(email.message_from_bytes(mail))
    except Exception:  # it fails on some malformed messages: it found nobody then
        return (), ()


def tell_found(mails):
    for name, mail in mails.items():
        for kind, addresses in zip(('temporary', 'permanent'), failures(mail)):
            for address in addresses:
                if isinstance(address, bytes):
                    address = address.decode('utf-8', 'replace')
                print(name, kind, address.replace('\t', ' ').replace('\n', ' '), sep='\t')
    print("that is all")


def tell_speed(mails):
    for mail in mails.values():  # caches and tables
        failures(mail)
    start = time.process_time()
    passes = 0
    while time.process_time() - start < SECONDS:
        for mail in mails.values():
            failures(mail)
        passes += 1
    print(passes * len(mails) / (time.process_time() - start))


def main():
    what, folder = sys.argv[1:]
    {'found': tell_found, 'speed': tell_speed}[what](mails_of(pathlib.Path(folder)))


if __name__ == '__main__':
    main()
