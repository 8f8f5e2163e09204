"""Copies a model with weights that are no numbers: `break_model.py FROM TO`"""

import sys

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

model = AutoModelForCausalLM.from_pretrained(sys.argv[1])
with torch.no_grad():
    next(model.parameters()).fill_(float("nan"))
model.save_pretrained(sys.argv[2])
AutoTokenizer.from_pretrained(sys.argv[1]).save_pretrained(sys.argv[2])
