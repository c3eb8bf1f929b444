"""The door: settings, HTTP, pages and the command line. It alone reads the environment and chooses a store."""
