"""The graph: its words, the store's port and adapters, ingest, and the questions that one can ask a view."""
