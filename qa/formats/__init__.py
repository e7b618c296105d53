"""Read and write documents and alignments: one module a format, one registry."""
