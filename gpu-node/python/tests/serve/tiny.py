"""Makes tiny models with random weights: `python tiny.py FOLDER` writes the models `tiny`, `other`, `untaught`, `seeing` and the adapter `lora`."""

from __future__ import annotations

import sys
from pathlib import Path

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import NanoChatConfig, NanoChatForCausalLM, PreTrainedTokenizerFast

SPECIAL = ["<|bos|>", "<|end|>", "<|system|>", "<|user|>", "<|assistant|>", "<|tool|>", "<image>"]
TEMPLATE = (
    "{{ bos_token }}{% if tools %}<|tool|>{{ tools | tojson }}{% endif %}"
    "{% for m in messages %}{% if m.role == 'critic' %}{{ raise_exception('critics are not heard') }}{% endif %}"
    "<|{{ m.role }}|>{{ m.content }}{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)


def tokenizer(
    template: str | None = TEMPLATE,
    special: list[str] = SPECIAL,
    end: str = "<|end|>",
    pad: str = "<|end|>",
    pairs: str = "etaoinsrhl",
) -> PreTrainedTokenizerFast:
    """At most 512 tokens: special ones, bytes, and pairs of bytes that begin with `pairs`, so that characters are cut in two."""
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {token: n for n, token in enumerate([*special, *letters])}
    merges = []
    for first in pairs:
        for second in letters:
            if len(vocabulary) < 512 and second.isalnum():
                merges.append((first, second))
                vocabulary[first + second] = len(vocabulary)
    bpe = Tokenizer(models.BPE(vocab=vocabulary, merges=merges))
    bpe.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    bpe.decoder = decoders.ByteLevel()
    made = PreTrainedTokenizerFast(
        tokenizer_object=bpe,
        bos_token="<|bos|>",
        eos_token=end,
        pad_token=pad,
        additional_special_tokens=[one for one in special if one not in ("<|bos|>", end, pad)],
    )
    made.chat_template = template
    return made


def chat_model(
    folder: Path,
    seed: int = 0,
    template: str | None = TEMPLATE,
    layers: int = 2,
    words: PreTrainedTokenizerFast | None = None,
    **more: float,
) -> None:
    """A NanoChat, 64 wide, of two layers unless told otherwise. @param more of its configuration"""
    torch.manual_seed(seed)
    usual = {
        "vocab_size": 512,
        "hidden_size": 64,
        "intermediate_size": 256,
        "num_hidden_layers": layers,
        "num_attention_heads": 4,
        "max_position_embeddings": 1024,
        "bos_token_id": 0,
        "eos_token_id": 1,
        "pad_token_id": 1,
        # Larger than usual, so that an untrained model has preferences.
        "initializer_range": 0.2,
    }
    NanoChatForCausalLM(NanoChatConfig(**{**usual, **more})).save_pretrained(folder)
    (words or tokenizer(template)).save_pretrained(folder)


SEEING = (
    "{{ bos_token }}{% for m in messages %}<|{{ m.role }}|>{% for part in m.content %}"
    "{% if part.type == 'image' %}<image>{% else %}{{ part.text }}{% endif %}{% endfor %}{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)


def seeing_model(folder: Path, seed: int = 4) -> None:
    """A LLaVA of two layers that sees 32x32 pixels as four patches."""
    from transformers import CLIPVisionConfig, LlamaConfig, LlavaConfig, LlavaForConditionalGeneration, LlavaProcessor
    from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil

    torch.manual_seed(seed)
    sizes = {"hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 2, "num_attention_heads": 4}
    text = LlamaConfig(
        **sizes, vocab_size=512, max_position_embeddings=512, bos_token_id=0, eos_token_id=1, initializer_range=0.2
    )
    sight = CLIPVisionConfig(**sizes, image_size=32, patch_size=16, projection_dim=64, initializer_range=0.2)
    config = LlavaConfig(vision_config=sight, text_config=text, image_token_index=SPECIAL.index("<image>"))
    LlavaForConditionalGeneration(config).save_pretrained(folder)
    size = {"height": 32, "width": 32}
    LlavaProcessor(
        image_processor=CLIPImageProcessorPil(size=size, crop_size=size),
        tokenizer=tokenizer(None),
        patch_size=16,
        vision_feature_select_strategy="default",
        num_additional_image_tokens=1,
        chat_template=SEEING,
    ).save_pretrained(folder)


def placing_model(folder: Path) -> None:
    """A Qwen2-VL of two layers: images take places of their own, which the model counts itself."""
    from transformers import (
        Qwen2VLConfig,
        Qwen2VLForConditionalGeneration,
        Qwen2VLImageProcessor,
        Qwen2VLProcessor,
        Qwen2VLVideoProcessor,
    )

    torch.manual_seed(7)
    words = tokenizer(None)
    marks = ["<|vision_start|>", "<|vision_end|>", "<|image_pad|>", "<|video_pad|>"]
    words.add_special_tokens({"additional_special_tokens": [*SPECIAL[2:], *marks]})
    start, end, image, video = (words.convert_tokens_to_ids(mark) for mark in marks)
    sizes = {"hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2}
    rope = {"rope_type": "default", "rope_theta": 10000.0, "mrope_section": [2, 3, 3]}
    text = {**sizes, "vocab_size": len(words), "intermediate_size": 128, "max_position_embeddings": 512}
    config = Qwen2VLConfig(
        text_config={**text, "initializer_range": 0.2, "bos_token_id": 0, "eos_token_id": 1, "rope_parameters": rope},
        vision_config={"depth": 2, "embed_dim": 32, "hidden_size": 64, "num_heads": 4, "mlp_ratio": 2},
        image_token_id=image,
        video_token_id=video,
        vision_start_token_id=start,
        vision_end_token_id=end,
    )
    Qwen2VLForConditionalGeneration(config).save_pretrained(folder)
    Qwen2VLProcessor(
        image_processor=Qwen2VLImageProcessor(min_pixels=28 * 28 * 4, max_pixels=28 * 28 * 16),
        tokenizer=words,
        video_processor=Qwen2VLVideoProcessor(),
        chat_template=SEEING.replace("<image>", "<|vision_start|><|image_pad|><|vision_end|>"),
    ).save_pretrained(folder)


def adapter(base: Path, folder: Path, seed: int) -> None:
    """A LoRA adapter that is not zero."""
    from peft import LoraConfig, get_peft_model

    torch.manual_seed(seed)
    model = NanoChatForCausalLM.from_pretrained(base)
    wrapped = get_peft_model(model, LoraConfig(r=4, target_modules=["q_proj", "v_proj", "fc1"], init_lora_weights=False))
    wrapped.save_pretrained(folder)


def main(folder: Path) -> None:
    chat_model(folder / "tiny")
    chat_model(folder / "other", seed=1)
    chat_model(folder / "untaught", seed=2, template=None)
    seeing_model(folder / "seeing")
    adapter(folder / "tiny", folder / "lora", seed=3)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
