"""Makes the model that tests train: a NanoChat of two layers, in a folder that transformers loads. `tiny_model.py FOLDER [POSITIONS]`"""

import sys

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import NanoChatConfig, NanoChatForCausalLM, PreTrainedTokenizerFast

SPECIAL = ["<|bos|>", "<|eos|>", "<|pad|>", "<|user|>", "<|assistant|>", "<|system|>"]
TEMPLATE = (
    "{{ bos_token }}{% for message in messages %}<|{{ message['role'] }}|>{{ message['content'] }}{{ eos_token }}{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)

torch.manual_seed(7)
vocabulary = {token: index for index, token in enumerate([*SPECIAL, *sorted(pre_tokenizers.ByteLevel.alphabet())])}
tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=[]))
tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
tokenizer.decoder = decoders.ByteLevel()
fast = PreTrainedTokenizerFast(
    tokenizer_object=tokenizer,
    bos_token="<|bos|>",
    eos_token="<|eos|>",
    pad_token="<|pad|>",
    additional_special_tokens=SPECIAL[3:],
)
fast.chat_template = TEMPLATE
config = NanoChatConfig(
    vocab_size=512,
    hidden_size=64,
    intermediate_size=128,
    num_hidden_layers=2,
    num_attention_heads=4,
    num_key_value_heads=4,
    max_position_embeddings=int(sys.argv[2]) if len(sys.argv) > 2 else 512,
    bos_token_id=0,
    eos_token_id=1,
    pad_token_id=2,
)
NanoChatForCausalLM(config).save_pretrained(sys.argv[1])
fast.save_pretrained(sys.argv[1])
print(sys.argv[1])
