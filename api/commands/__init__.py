"""The commands of `weefsel`, each a function; `api.cli` gives them their names."""
