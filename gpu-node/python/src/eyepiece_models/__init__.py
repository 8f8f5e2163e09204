"""Models that transformers does not have. Importing this makes its Auto classes know them; code in models' folders is never run."""

from __future__ import annotations

from transformers import AutoConfig, AutoModelForCausalLM

from eyepiece_models.nanochat import NanoChatGPTConfig, NanoChatGPTForCausalLM

AutoConfig.register(NanoChatGPTConfig.model_type, NanoChatGPTConfig)
AutoModelForCausalLM.register(NanoChatGPTConfig, NanoChatGPTForCausalLM)
