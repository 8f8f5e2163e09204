"""Train and ask models from Python: on the node of this notebook, on one of this machine, or on any that there is a key for.

    from eyepiece import trainer

    trainer.init()
    client = trainer.get_client()
    file = client.files.create(file=open("train.jsonl", "rb"), purpose="fine-tune")
    job = client.fine_tuning.jobs.create(model="tiny", training_file=file.id)
    trainer.watch_job(job.id)
"""

from eyepiece.trainer._api import TrainerError
from eyepiece.trainer._session import Trainer, get_client, init, shutdown, status
from eyepiece.trainer._watch import watch_job

__all__ = ["Trainer", "TrainerError", "get_client", "init", "shutdown", "status", "watch_job"]
