"""Settings of all tests: hypothesis measures no time, because the first pass of an architecture compiles."""

from hypothesis import settings

settings.register_profile("stage", deadline=None, database=None, print_blob=True)
settings.load_profile("stage")
