"""The server of language models that a node starts: one process a model, over transformers' models and caches."""
