"""The sample documents, installed as ``qa.corpora``."""
