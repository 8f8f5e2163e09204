"""Asks PyTorch for more memory than any machine has, as a job would. Prints what a person is told."""

import sys
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).parents[3] / "python" / "src"))
from eyepiece_trainer.trouble import Trouble, explained

try:
    with explained():
        torch.empty(10**15)
except Trouble as trouble:
    print(trouble)
