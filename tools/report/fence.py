"""A fence around code that is not trusted: what it may open, and what it may use up.

It is no wall: see the docstring of the package.
"""

import ctypes  # noqa: F401  # opens a library when it is first imported
import os
import signal
import sys

try:
    import resource
except ImportError:  # Windows
    resource = None

FORBIDDEN = (
    "ftplib.", "gc.get_", "http.", "imaplib.", "nntplib.", "os.exec", "os.fork",
    "os.kill", "os.posix_spawn", "os.spawn", "os.startfile", "os.system", "poplib.", "pty.",
    "resource.prlimit", "signal.pthread_kill", "smtplib.", "socket.bind", "socket.connect",
    "socket.getaddrinfo", "socket.gethostby", "socket.sendto", "sqlite3.", "subprocess.",
    "syslog.", "telnetlib.", "urllib.", "webbrowser.", "winreg.", "_winapi.Create",
)
READ = ("os.listdir", "os.scandir", "os.chdir")
WRITTEN = ("os.chmod", "os.chown", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir",
           "os.symlink", "os.truncate", "os.utime", "os.setxattr", "os.removexattr", "shutil.")
# What would start, end or slow down a process, or make a file, and raises no event.
UNHEARD = {"_posixsubprocess": ("fork_exec",), "_signal": ("pidfd_send_signal",),
           "signal": ("pidfd_send_signal",), **dict.fromkeys(("os", os.name), (
               "mkfifo", "mknod", "pidfd_open", "sched_setaffinity", "sched_setscheduler",
               "setpriority"))}
TIMERS = [getattr(signal, name) for name in ("ITIMER_REAL", "ITIMER_VIRTUAL", "ITIMER_PROF")
          if hasattr(signal, name)]
TO_WRITE = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
realpath, normcase, isabs, decode = (  # as they are before anybody can replace them
    os.path.realpath, os.path.normcase, os.path.isabs, os.fsdecode)


def real(path):
    """Where a path leads, whatever links and dots it has, and however it is spelt."""
    return normcase(realpath(decode(path)))


NOWHERE = real(os.devnull)


def lies_in(path, folders):
    """Whether a path is one of these folders, or lies below one; folders: as `real` gives them."""
    if path is None or isinstance(path, int):
        return True  # the folder it is in, or a file that is open already
    path = real(path)
    return path == NOWHERE or any(f"{path}{os.sep}".startswith(f"{folder.rstrip(os.sep)}{os.sep}")
                                  for folder in folders)


def put_up(readable, writable, tell):
    """From now on, this process opens only what lies in these folders, and starts nothing.

    Anything else raises PermissionError, after `tell` was called with a few words on what was
    attempted. It can't be taken down again. Libraries of C are loaded from Python's packages only.
    """
    packages, writable = list(map(real, [sys.prefix])), list(map(real, writable))
    readable = [*map(real, readable), *writable]
    sys.path[:] = [path for path in sys.path if lies_in(path, readable)]
    told = set()

    def refuse(what):
        if what not in told:
            told.add(what)
            tell(what)
        raise PermissionError(f"the report does not let an answer {what}")

    def hook(event, args):
        if event == "open":
            path, mode, flags = args
            writes = set(mode or "") & set("wxa+") or (flags or 0) & TO_WRITE
            if not lies_in(path, writable if writes else readable):
                refuse("write a file elsewhere" if writes else "read a file elsewhere")
        elif event in READ:
            if not lies_in(args[0], readable):
                refuse("look into a folder elsewhere")
        elif event.startswith(WRITTEN):
            paths = [each for each in args if isinstance(each, str | bytes | os.PathLike)]
            if not all(lies_in(path, writable) for path in paths):
                refuse("change a file elsewhere")
        elif event == "ctypes.dlopen":
            if not (args[0] and isabs(args[0]) and lies_in(args[0], packages)):
                refuse("load a library")
        elif event.startswith(FORBIDDEN):
            refuse(f"use {event}")

    sys.addaudithook(hook)
    for module, names in UNHEARD.items():
        for name in names:
            if hasattr(sys.modules.get(module), name):
                setattr(sys.modules[module], name, refusing(refuse, f"use {module}.{name}"))


def refusing(refuse, what):
    return lambda *args, **more: refuse(what)


def limit(megabytes):
    """Limit the memory of this process, and the size of each file it writes, where that works."""
    if resource is None:
        return
    limits = {"RLIMIT_DATA": megabytes << 20, "RLIMIT_AS": megabytes << 22,  # with shared memory
              "RLIMIT_FSIZE": 16 << 20, "RLIMIT_CORE": 0}
    for name, most in limits.items():
        try:
            resource.setrlimit(getattr(resource, name), (most, most))
        except (AttributeError, ValueError, OSError):
            pass  # a system without it, or with a lower limit of its own


def clock(seconds, times):
    """A function to call before each piece of work, which then may take so much processor time.

    It also stops the alarms of the piece before, which would ring in this one.

    times: how many times as long all of them may take together.
    """
    if resource is None:
        return lambda: None
    set_limit, usage = resource.setrlimit, resource.getrusage
    most = resource.getrlimit(resource.RLIMIT_CPU)[1]
    last = seconds * times if most < 0 else min(seconds * times, most)

    set_timer = signal.setitimer

    def start():
        for timer in TIMERS:
            set_timer(timer, 0)
        used = usage(resource.RUSAGE_SELF)
        end = int(used.ru_utime + used.ru_stime) + 1 + seconds
        set_limit(resource.RLIMIT_CPU, (min(end, last), most))

    return start
