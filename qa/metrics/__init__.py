"""Reference-based metrics through sacrebleu."""
