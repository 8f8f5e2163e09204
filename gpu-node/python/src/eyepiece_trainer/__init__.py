"""Trains language models as jobs of a node: TRL's trainers, told what to do by `job.json` and telling how they get on.

Run as `python -m eyepiece_trainer`, with `eyepiece_jobs` and `eyepiece_program` beside it on the path, in the environment
`eyepiece-train`. The node has checked the parameters (gpu-node/src/trainer/fine-tuning); here they become a trainer's.
"""
