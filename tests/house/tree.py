"""The checkout as the house rules see it: its own files, never what a build or an editor left there."""
import os
import pathlib
import subprocess

TOP = pathlib.Path(__file__).resolve().parents[2]
NOT_OURS = {'.git', 'build', 'screens', '__pycache__'}


def files():
    "Paths relative to the top. Without git (an unpacked archive) everything outside the build counts."
    listed = subprocess.run(['git', '-c', 'safe.directory=*', '-C', TOP, 'ls-files', '-z'], capture_output=True)
    if listed.returncode == 0 and listed.stdout:
        names = listed.stdout.decode().split('\0')[:-1]
        return sorted(name for name in names if (TOP / name).is_file())
    found = []
    for folder, folders, names in os.walk(TOP):
        folders[:] = [name for name in folders if name not in NOT_OURS and not name.startswith('build-')]
        found += [os.path.relpath(os.path.join(folder, name), TOP) for name in names]
    return sorted(found)


def text(name):
    "None for what is not text."
    content = (TOP / name).read_bytes()
    if b'\0' in content:
        return None
    try:
        return content.decode()
    except UnicodeDecodeError:
        return None


def lines_with(pattern, names):
    "file:line: text, for each line of these files that the compiled pattern finds."
    for name in names:
        content = text(name)
        for number, line in enumerate((content or '').splitlines(), 1):
            if pattern.search(line):
                yield f'{name}:{number}: {line.strip()[:120]}'
