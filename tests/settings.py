"""The settings under test: those of the program, in a home of their own that is thrown away at the end."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

HOME = tempfile.mkdtemp(prefix="huiyin-test-")
os.mkdir(os.path.join(HOME, "static"))  # whitenoise looks for it
atexit.register(shutil.rmtree, HOME, ignore_errors=True)

os.environ["HUIYIN_PROFILE"] = "test"
os.environ["HUIYIN_HOME"] = HOME
os.environ.pop("HUIYIN_KEYS_DIR", None)
os.environ.pop("HUIYIN_BASE_URL", None)

from huiyin.config.settings import *  # noqa: E402, F403
from huiyin.config.settings import PASSWORD_HASHERS as REAL_HASHERS  # noqa: E402

# Argon2 takes its time on purpose; the tests sign in hundreds of times. The real ones stay in the list.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *REAL_HASHERS]
