"""Prompts from what was asked for: messages through the model's chat template, or text as it is."""

from __future__ import annotations

import base64
import binascii
import io
from typing import Any

from .model import Refused, ServedModel, _first
from .row import Request
from .sampling import Sampling

#: Of an image, before anything is allocated for it.
_MOST_PIXELS = 32_000_000


def request_of(model: ServedModel, id: int, asked: dict[str, Any], limit: int) -> Request:
    """A request as the engine takes it. `limit`: most tokens of prompt and answer that memory holds.

    Raises `Refused` with a sentence for who asked.
    """
    tokens, inputs = _chat(model, asked) if "messages" in asked else (_text(model, asked["prompt"]), {})
    context = min(model.context, limit)
    if len(tokens) >= context:
        raise Refused(
            f"This model's maximum context length is {context} tokens, and the prompt has {len(tokens)}: shorten it.",
            param="messages" if "messages" in asked else "prompt",
            code="context_length_exceeded",
        )
    if not tokens:
        raise Refused("The prompt is empty and the model has no token to begin with.", param="prompt")
    room = context - len(tokens)
    bias = {int(token): float(value) for token, value in (asked.get("logit_bias") or {}).items()}
    wanted = {name: asked[name] for name in Sampling.__dataclass_fields__ if name in asked and name != "logit_bias"}
    return Request(
        id=id,
        prompt=tokens,
        sampling=Sampling(**wanted, logit_bias=bias),
        stops=asked.get("stop", []),
        limit=min(asked.get("max_tokens", room), room),
        n=asked.get("n", 1),
        adapter=asked.get("adapter"),
        continues="prompt" in asked,
        ignore_eos=asked.get("ignore_eos", False),
        form=model.forms.of(asked["response_format"]) if "response_format" in asked else None,
        inputs=inputs,
    )


def _text(model: ServedModel, prompt: str | list[int]) -> list[int]:
    if isinstance(prompt, str):
        return list(model.tokenizer(prompt)["input_ids"]) or _beginning(model)
    vocabulary = len(model.tokenizer)
    if any(not 0 <= token < vocabulary for token in prompt):
        raise Refused(f"The prompt holds a token outside the vocabulary of {vocabulary}.", param="prompt")
    return list(prompt) or _beginning(model)


def _beginning(model: ServedModel) -> list[int]:
    first = model.tokenizer.bos_token_id
    return [] if first is None else [first]


def _chat(model: ServedModel, asked: dict[str, Any]) -> tuple[list[int], dict[str, Any]]:
    writer = model.processor if model.images else model.tokenizer
    if not getattr(writer, "chat_template", None):
        raise Refused(
            "This model has no chat template: it was not made for conversations. Use /v1/completions, or fine-tune it first.",
            param="model",
            code="no_chat_template",
        )
    images: list[Any] = []
    messages = [_message(model, message, images) for message in asked["messages"]]
    options = {"tools": asked.get("tools") or None, "add_generation_prompt": True, **asked.get("template", {})}
    if messages[-1]["role"] == "assistant":
        # An answer that was begun is gone on with.
        options.update(add_generation_prompt=False, continue_final_message=True)
    try:
        text = writer.apply_chat_template(messages, tokenize=False, **options)
    except Refused:
        raise
    except Exception as failure:
        raise Refused(f"The model's chat template refused the messages: {_first(failure)}", param="messages") from failure
    if not images:
        return list(model.tokenizer(text, add_special_tokens=False)["input_ids"]), {}
    made = dict(model.processor(text=[text], images=images, add_special_tokens=False, return_tensors="pt"))
    tokens = made.pop("input_ids")[0].tolist()
    made.pop("attention_mask", None)
    return tokens, {name: value.to(model.device) for name, value in made.items()}


def _message(model: ServedModel, message: dict[str, Any], images: list[Any]) -> dict[str, Any]:
    content = message.get("content")
    if not isinstance(content, list):
        plain = {**message, "content": content or ""}
        # Templates for images go through parts.
        return {**plain, "content": [{"type": "text", "text": plain["content"]}]} if model.images else plain
    parts: list[dict[str, str]] = []
    for part in content:
        if part["type"] == "text":
            parts.append({"type": "text", "text": part["text"]})
            continue
        if not model.images:
            raise Refused("This model does not see: images need a vision-language model.", param="messages")
        images.append(_image(part["image_url"]))
        parts.append({"type": "image"})
    if model.images:
        return {**message, "content": parts}
    return {**message, "content": "".join(part["text"] for part in parts)}


def _image(url: str) -> Any:
    from PIL import Image

    head, _, data = url.partition(",")
    if not head.startswith("data:image/") or not head.endswith(";base64"):
        raise Refused("Images are sent as data:image/...;base64,...: the node fetches no addresses.", param="messages")
    try:
        image = Image.open(io.BytesIO(base64.b64decode(data, validate=True)))
        if image.width * image.height > _MOST_PIXELS:
            raise Refused(f"An image is {image.width}x{image.height}; the most is 32 million pixels.", param="messages")
        return image.convert("RGB")
    except (OSError, ValueError, binascii.Error, Image.DecompressionBombError) as failure:
        raise Refused(f"An image cannot be read: {_first(failure)}", param="messages") from failure
