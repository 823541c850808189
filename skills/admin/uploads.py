"""How much may be uploaded: what is more is read past, not kept, and the form says so."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

MOST_MEGABYTES = 50
MOST = MOST_MEGABYTES * 2**20


def is_too_large(request: HttpRequest) -> bool:
    """Whether a request holds more than may be uploaded."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return length.isdecimal() and int(length) > MOST


class LimitedUploadHandler(FileUploadHandler):
    """Stands before Django's own, and lets nothing through to them where there is too much."""

    skips = False

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *args: Any) -> None:  # noqa: N803 - Django's
        self.skips = content_length > MOST

    def new_file(self, *args: Any, **options: Any) -> None:
        super().new_file(*args, **options)
        if self.skips:
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
