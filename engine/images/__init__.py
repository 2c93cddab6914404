"""Images: digits and letters as people have them, in IDX, CSV, npz and zip files, and the published set."""

from engine.images.idx import MOST_IMAGES, MOST_SIDE
from engine.images.images import PUBLISHED_SET, SHELF, fetch_mnist, fetched_bytes, read_images

__all__ = [
    "MOST_IMAGES",
    "MOST_SIDE",
    "PUBLISHED_SET",
    "SHELF",
    "fetch_mnist",
    "fetched_bytes",
    "read_images",
]
