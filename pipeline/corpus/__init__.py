"""The gold corpus: its file format, its checks, its splits."""
