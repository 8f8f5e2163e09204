"""The stages of nanochat: each is one job, run as `python -m eyepiece_nanochat` in the job's folder.

`params` of the job: `stage`, `engine`, `settings`, `inputs` (working folders of the jobs before it, by stage), `resume` (where an
earlier try of the same stage got to, or null), and `checkout` for the engine of that name. What a stage makes lies in its
working folder: `data/`, `tokenizer/`, `model/`; its `result` says what it came to.
"""
