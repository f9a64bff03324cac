"""Start a notebook's kernel where it can do no harm: with bubblewrap, which Linux has.

The kernel sees the system and the course, read-only, and one private folder. It has no network,
and limits on time, memory, processes and the size of files. `python -m course_lib.grading.sandbox`
is what Jupyter starts in place of a kernel.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from course_lib.grading.system_calls import open_filter

KERNEL = "grading-sandbox"
MEMORY, SECONDS, UID = "GRADING_MEMORY_MB", "GRADING_SECONDS", "GRADING_UID"
PARENT = "GRADING_PARENT"  # the process that grades: without it the kernel has no reason to be
PRIVATE = "GRADING_PRIVATE"  # the folder made for this one submission
FILTERED = "GRADING_FILTERED"  # whether system calls are filtered, which not every kernel can do
COMPILED = "GRADING_COMPILED"  # a folder of compiled modules, if they are not beside their source
#: A kernel without its debugger, which takes as long to import as all the rest of it.
START = (
    "import sys; sys.modules['debugpy'] = None; from ipykernel import kernelapp; "
    "kernelapp.launch_new_instance()"
)
#: What it imports for every submission, and how to import that where one of them may be missing.
IMPORTED = (
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.extensions.storemagic",
    "tornado.platform.asyncio",
    "tornado.queues",
    "pyarrow.pandas_compat",
    "course_lib.exercises.probe",
    "course_lib.measures",
)
IMPORT_ALL = (
    "import sys\nfrom contextlib import suppress\nfrom importlib import import_module\n"
    "sys.modules['debugpy'] = None\nfor name in sys.argv[1:]:\n"
    "    with suppress(ImportError):\n        import_module(name)"
)
#: Remount bubblewrap's tmpfs root read-only: unprivileged, the kernel could write to it, and so
#: fill the memory.
CLOSED = ("--remount-ro", "/dev", "--remount-ro", "/")
NO_SANDBOX = "To grade all the same, on this computer as it is, add --no-sandbox."


def problem() -> str:
    """A sentence on why there can be no sandbox here; empty if there can."""
    if not sys.platform.startswith("linux"):
        return f"A sandbox for student code needs Linux (bubblewrap). {NO_SANDBOX}"
    if not shutil.which("bwrap"):
        return (
            "A sandbox for student code needs bubblewrap. Install it: sudo apt-get install "
            f"bubblewrap. {NO_SANDBOX}"
        )
    tried = _tried()
    if tried.returncode:
        return (
            f"bubblewrap does not work here ({tried.stderr.strip()[:200]}). Some systems switch "
            "user namespaces off. An administrator can allow them: sudo sysctl -w "
            f"kernel.apparmor_restrict_unprivileged_userns=0. {NO_SANDBOX}"
        )
    return ""


def can_filter() -> bool:
    """Whether system calls can be filtered here."""
    descriptor = open_filter()
    if descriptor is None:
        return False
    try:
        return _tried(descriptor).returncode == 0
    finally:
        os.close(descriptor)


def _tried(descriptor: int | None = None) -> subprocess.CompletedProcess[str]:
    """What comes of a sandbox in which nothing is done."""
    return subprocess.run(
        [*_bubblewrap(), *_filter(descriptor), *CLOSED, "/usr/bin/true"],
        capture_output=True,
        text=True,
        check=False,
        pass_fds=[] if descriptor is None else [descriptor],
    )


def _filter(descriptor: int | None) -> list[str]:
    return [] if descriptor is None else ["--seccomp", str(descriptor)]


def write_kernelspec(folder: Path) -> None:
    """Write the kernel that starts in the sandbox, below a folder for JUPYTER_PATH."""
    spec = {
        # -P: what lies beside the notebook must not be imported in place of a library.
        "argv": [sys.executable, "-P", "-m", "course_lib.grading.sandbox", "{connection_file}"],
        "display_name": "Python 3 (sandbox)",
        "language": "python",
        "interrupt_mode": "message",  # a signal would reach bubblewrap and not the kernel
    }
    path = folder / "kernels" / KERNEL / "kernel.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(spec), "utf-8")


def next_private_folder() -> Path:
    """Make the private folder of the next kernel of this submission, and point Jupyter to it."""
    parent = Path(os.environ[PRIVATE]).parent
    folder = parent / f"kernel-{len(list(parent.glob('kernel-*'))) + 1}"
    folder.mkdir(mode=0o711)
    os.environ[PRIVATE] = os.environ["JUPYTER_RUNTIME_DIR"] = str(folder)
    tempfile.tempdir = str(folder)  # jupyter_client writes the connection file there
    return folder


def command(connection_file: Path, descriptor: int | None = None) -> list[str]:
    """The command that starts the kernel in the sandbox.

    Parameters
    ----------
    connection_file : Path
        Where the kernel reads how it is reached.
    descriptor : int, optional
        A file descriptor from which bubblewrap reads the filter of system calls.
    """
    private = connection_file.parent
    work = private / "work"
    visible = [Path(sys.prefix), Path(sys.base_prefix), *_course()]
    shared = [path.resolve() for path in visible if not path.resolve().is_relative_to("/usr")]
    limits = [
        "/usr/bin/prlimit",
        f"--as={int(os.environ.get(MEMORY, '2048')) * 1_000_000}",
        f"--cpu={int(float(os.environ.get(SECONDS, '120')))}",
        "--nproc=128",
        "--fsize=50000000",
        "--core=0",
        "--nofile=256",
    ]
    drop: list[str] = []
    if os.getuid() == 0:
        uid = os.environ.get(UID, "65534")
        drop = ["/usr/bin/setpriv", f"--reuid={uid}", f"--regid={uid}", "--clear-groups"]
        drop.append("--no-new-privs")
    return [
        *_bubblewrap(),
        *_filter(descriptor),
        *(part for path in shared for part in (*_parents(path), "--ro-bind", str(path), str(path))),
        *_pycache(),
        *_parents(private),
        *("--bind", str(private), str(private)),
        *CLOSED,
        *("--chdir", str(work), "--clearenv"),
        *(part for name, value in _environment().items() for part in ("--setenv", name, value)),
        *limits,
        *drop,
        *(sys.executable, "-P", "-c", START, "-f", str(connection_file)),
        "--HistoryManager.enabled=False",
    ]


def _bubblewrap() -> list[str]:
    if os.getuid() == 0:  # no user namespace is needed, and the kernel becomes a nobody inside
        apart = ["--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"]
        apart += ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    else:
        apart = ["--unshare-all", "--unshare-user", "--disable-userns"]
    system = ["--ro-bind", "/usr", "/usr"]
    for name in ("bin", "sbin", "lib", "lib64", "lib32"):
        if Path("/", name).is_symlink():
            system += ["--symlink", os.readlink(f"/{name}"), f"/{name}"]
        elif Path("/", name).is_dir():
            system += ["--ro-bind", f"/{name}", f"/{name}"]
    for name in ("fonts", "ld.so.cache", "localtime"):
        system += ["--ro-bind-try", f"/etc/{name}", f"/etc/{name}"]
    return [
        "bwrap",
        *apart,
        "--die-with-parent",
        "--new-session",
        *system,
        *("--proc", "/proc", "--dev", "/dev"),
        *("--perms", "1777", "--size", "100000000", "--tmpfs", "/tmp"),
    ]


def _parents(path: Path) -> list[str]:
    """Make the folders above a path, open to everybody: bubblewrap's own would be closed."""
    above = [parent for parent in reversed(path.parents) if str(parent) not in ("/", "/tmp")]
    return [part for parent in above for part in ("--perms", "0755", "--dir", str(parent))]


def _course() -> list[Path]:
    """The library and the figures, and nothing else of a checkout: no masters, no solutions."""
    package = Path(__file__).resolve().parents[1]
    data = package.parent / "data"
    return [package, data] if data.is_dir() else [package]


def _pycache() -> list[str]:
    """Show the kernel, read-only, what was compiled for it: it may not write that itself."""
    place = os.environ.get(COMPILED)
    if not place:
        return []
    return [*_parents(Path(place)), "--ro-bind", place, place]


def _environment() -> dict[str, str]:
    place = os.environ.get(COMPILED)
    return ({"PYTHONPYCACHEPREFIX": place} if place else {}) | {
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "HOME": "/tmp",
        "LANG": "C.UTF-8",
        "MPLBACKEND": "Agg",
        "MPLCONFIGDIR": "/tmp",
        "IPYTHONDIR": "/tmp/ipython",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "2",
        "PYTHONDONTWRITEBYTECODE": "1",
        "COURSE_PROGRESS": "off",
        "NBGRADER_EXECUTION": "autograde",
    }


def die_with_parent() -> None:
    """Get SIGKILL when the parent process ends; only Linux has this."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


def main() -> None:
    """Become the sandboxed kernel."""
    die_with_parent()  # and so does bubblewrap, which this becomes
    if str(os.getppid()) != os.environ.get(PARENT):
        sys.exit("The run that started this kernel is over.")
    connection_file = Path(sys.argv[1]).resolve()
    private = connection_file.parent
    if private != Path(os.environ.get(PRIVATE, "")).resolve():
        # It will be given away to the kernel, and /tmp must not be.
        sys.exit(f"The connection file has to be in the folder that {PRIVATE} names.")
    work = private / "work"
    work.mkdir(exist_ok=True)
    if os.getuid() == 0:
        uid = int(os.environ.get(UID, "65534"))
        for path in (private, work, connection_file):
            os.chown(path, uid, uid)
    descriptor = open_filter() if os.environ.get(FILTERED) else None
    argv = command(connection_file, descriptor)
    os.execvp(argv[0], argv)


if __name__ == "__main__":
    main()
