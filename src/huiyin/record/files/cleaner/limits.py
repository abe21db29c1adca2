"""What the cleaner may use. A file that needs more is a bomb, or so large that no reader could open it either."""

from __future__ import annotations

import resource

MEMORY = 256 * 1024 * 1024  # bytes of address space, our own program included
SECONDS = 10  # of processor time here, and of waiting in the parent
LARGEST_RESULT = 64 * 1024 * 1024  # bytes of the cleaned copy
STANDARD_FILES = 3  # in, out, errors: nothing else can be opened, a socket neither


def of_resources() -> None:
    """From the first moment: memory, time, no core dump that would lie about in clear."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_RESULT, LARGEST_RESULT))


def of_reach() -> None:
    """When all that is needed is loaded: from here on no file, no program and no connection can be opened."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (STANDARD_FILES, STANDARD_FILES))
