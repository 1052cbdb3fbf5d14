"""The workbench: a local web page on a build folder, read-only unless a curator opens it."""
