from pakrus.estimate import *  # noqa: F403 - until the chapters' branches have landed
from pakrus.estimate import NAN as NAN
