"""The tie index: who is tied to whom as arrays, so that a question touches what it needs and no more."""
