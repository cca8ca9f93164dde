from ._library import register
