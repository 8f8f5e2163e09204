"""Fetches a model from the Hugging Face hub into a folder, all of it or nothing: `python -m eyepiece_trainer.fetch ID FOLDER`"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from huggingface_hub import snapshot_download

# Weights that hold no code, and what describes them.
WANTED = ["*.safetensors", "*.json", "*.model", "*.txt", "*.jinja"]


def main(model: str, folder: str) -> None:
    target = Path(folder)
    target.parent.mkdir(parents=True, exist_ok=True)
    part = tempfile.mkdtemp(prefix=".fetching-", dir=target.parent)
    try:
        snapshot_download(model, local_dir=part, allow_patterns=WANTED)
        if not Path(part, "config.json").exists() or not list(Path(part).glob("*.safetensors")):
            raise ValueError("it has no config.json, or no weights as safetensors")
        shutil.rmtree(Path(part, ".cache"), ignore_errors=True)
        os.rename(part, target)
    except Exception as cause:
        shutil.rmtree(part, ignore_errors=True)
        # Somebody else has fetched it meanwhile.
        if not target.exists():
            sys.exit((str(cause) or repr(cause)).strip().splitlines()[0])


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
