A placeholder for a detached signature.
