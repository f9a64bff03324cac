"""System calls that a student's program may not make: a filter for bubblewrap's seccomp.

What is refused is what a notebook never needs and what reaches past the sandbox's limits: memory
that belongs to no process (System V), other namespaces, kernel interfaces with a history of holes.
The filter is a program of classic BPF, which `seccomp(2)` of Linux describes.
"""

from __future__ import annotations

import os
import platform
import struct
import sys

#: Of linux/filter.h and linux/seccomp.h.
LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
ALLOW, REFUSE = 0x7FFF0000, 0x00050000  # SECCOMP_RET_ERRNO takes the error's number below it
NUMBER, ARCHITECTURE, FIRST_ARGUMENT = 0, 4, 16  # offsets in struct seccomp_data
EPERM, ENOSYS = 1, 38
NEW_NAMESPACES = 0x7E020000  # every CLONE_NEW* that clone takes
OTHER_ABI = 0x40000000  # x32, whose calls have numbers of their own

#: AUDIT_ARCH of a machine, and the numbers of its calls.
MACHINES = {
    "x86_64": (
        0xC000003E,
        {
            "clone": 56, "clone3": 435, "unshare": 272, "setns": 308,
            "shmget": 29, "shmat": 30, "semget": 64, "msgget": 68, "mq_open": 240,
            "io_uring_setup": 425, "io_uring_enter": 426, "io_uring_register": 427,
            "add_key": 248, "request_key": 249, "keyctl": 250,
            "bpf": 321, "perf_event_open": 298, "userfaultfd": 323, "ptrace": 101,
            "process_vm_readv": 310, "process_vm_writev": 311, "kcmp": 312,
            "mount": 165, "umount2": 166, "pivot_root": 155, "chroot": 161, "fsopen": 430,
            "move_mount": 429, "open_tree": 428, "mount_setattr": 442,
            "open_by_handle_at": 304, "name_to_handle_at": 303,
            "init_module": 175, "finit_module": 313, "delete_module": 176, "kexec_load": 246,
            "syslog": 103, "acct": 163, "swapon": 167, "swapoff": 168, "reboot": 169,
            "iopl": 172, "ioperm": 173, "personality": 135,
            "memfd_secret": 447,
        },
    ),
    "aarch64": (
        0xC00000B7,
        {
            "clone": 220, "clone3": 435, "unshare": 97, "setns": 268,
            "shmget": 194, "shmat": 196, "semget": 190, "msgget": 186, "mq_open": 180,
            "io_uring_setup": 425, "io_uring_enter": 426, "io_uring_register": 427,
            "add_key": 217, "request_key": 218, "keyctl": 219,
            "bpf": 280, "perf_event_open": 241, "userfaultfd": 282, "ptrace": 117,
            "process_vm_readv": 270, "process_vm_writev": 271, "kcmp": 272,
            "mount": 40, "umount2": 39, "pivot_root": 41, "chroot": 51, "fsopen": 430,
            "move_mount": 429, "open_tree": 428, "mount_setattr": 442,
            "open_by_handle_at": 265, "name_to_handle_at": 264,
            "init_module": 105, "finit_module": 273, "delete_module": 106, "kexec_load": 104,
            "syslog": 116, "acct": 89, "swapon": 224, "swapoff": 225, "reboot": 142,
            "personality": 92,
            "memfd_secret": 447,
        },
    ),
}  # fmt: skip


def filter_of(machine: str = "") -> bytes:
    """The filter's program for a machine; empty where its calls are not known here.

    A call with arguments that cannot be read (clone3) is answered as if the kernel did not have it,
    and the C library then takes the older one (clone), whose argument is read.

    Parameters
    ----------
    machine : str
        As `platform.machine` names it; this computer unless given.

    Examples
    --------
    >>> len(filter_of("x86_64")) % 8, filter_of("a toaster")
    (0, b'')
    """
    machine = machine or platform.machine()
    if not sys.platform.startswith("linux") or machine not in MACHINES:
        return b""
    architecture, calls = MACHINES[machine]
    program = [
        _step(LOAD, ARCHITECTURE),
        _step(EQUAL, architecture, 1, 0),
        _step(RETURN, REFUSE | EPERM),
        _step(LOAD, NUMBER),
    ]
    if machine == "x86_64":
        program += [_step(AT_LEAST, OTHER_ABI, 0, 1), _step(RETURN, REFUSE | ENOSYS)]
    program += [_step(EQUAL, calls["clone3"], 0, 1), _step(RETURN, REFUSE | ENOSYS)]
    for name, number in calls.items():
        if name not in ("clone", "clone3"):
            program += [_step(EQUAL, number, 0, 1), _step(RETURN, REFUSE | EPERM)]
    program += [
        _step(EQUAL, calls["clone"], 0, 3),
        _step(LOAD, FIRST_ARGUMENT),
        _step(ANY_BIT, NEW_NAMESPACES, 0, 1),
        _step(RETURN, REFUSE | EPERM),
        _step(RETURN, ALLOW),
    ]
    return b"".join(program)


def _step(what: int, value: int, if_so: int = 0, if_not: int = 0) -> bytes:
    """One instruction: struct sock_filter."""
    return struct.pack("=HBBI", what, if_so, if_not, value)


def open_filter() -> int | None:
    """A file descriptor from which bubblewrap reads the filter, or None if there is none here."""
    program = filter_of()
    if not program:
        return None
    read, write = os.pipe()
    os.write(write, program)  # far less than a pipe holds
    os.close(write)
    os.set_inheritable(read, True)
    return read
