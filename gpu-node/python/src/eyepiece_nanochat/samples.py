"""What a model writes: the same prompts at every step and in every run, so that they can be compared."""

from __future__ import annotations

from typing import Any

import torch

STORIES = ["Ada had a", "The owl said", "They liked to", "It was a"]
QUESTIONS = ["What does the duck say?", "What is 2 + 3?", "What is 7 + 8?", "Spell cat.", "Hello, I am Finn."]


@torch.no_grad()
def write(model: Any, tokenizer: Any, prompts: list[str], chat: bool, most: int = 32) -> list[dict[str, str]]:
    """The likeliest continuation of each prompt, at most `most` tokens."""
    was = model.training
    model.eval()
    device = next(model.parameters()).device
    written = []
    for prompt in prompts:
        ids = torch.tensor([ids_of(tokenizer, prompt, chat)], device=device)
        room = getattr(model.config, "max_position_embeddings", 1 << 30) - ids.shape[1]
        out = model.generate(
            input_ids=ids,
            attention_mask=torch.ones_like(ids),
            max_new_tokens=max(1, min(most, room)),
            do_sample=False,
            eos_token_id=[one for one in (tokenizer.eos_token_id, tokenizer.bos_token_id) if one is not None],
            pad_token_id=tokenizer.pad_token_id or tokenizer.eos_token_id,
        )
        written.append({"prompt": prompt, "text": tokenizer.decode(out[0, ids.shape[1] :], skip_special_tokens=True)})
    model.train(was)
    return written


def ids_of(tokenizer: Any, prompt: str, chat: bool) -> list[int]:
    """A prompt as the model reads it: a question to answer, or a text that has begun."""
    if chat and tokenizer.chat_template is not None:
        whole = tokenizer.apply_chat_template([{"role": "user", "content": prompt}], add_generation_prompt=True, tokenize=False)
        return list(tokenizer(whole, add_special_tokens=False)["input_ids"])
    begin = [] if tokenizer.bos_token_id is None else [tokenizer.bos_token_id]
    return [*begin, *tokenizer(prompt, add_special_tokens=False)["input_ids"]]


def tell(job: Any, step: int, written: list[dict[str, str]]) -> None:
    """Samples are an event, so that the page shows those of each step."""
    job.event(f"Samples at step {step}.", data={"step": step, "samples": written})
