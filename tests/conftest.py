"""Settings of all tests: one thread for each worker; hypothesis measures no time, as first passes compile."""

import gc
import os

from hypothesis import settings

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before anything imports NumPy or PyTorch

settings.register_profile("stage", deadline=None, database=None, print_blob=True)
settings.load_profile("stage")


def pytest_collection_finish():
    """Take what all tests have imported out of garbage collection, which Streamlit runs in full after every script."""
    gc.collect()
    gc.freeze()
