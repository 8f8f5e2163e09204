"""The model that a nanochat checkout has trained since March 2026: what transformers' NanoChat has, and four parts more.

Value embeddings: every second layer's attention mixes a vector of the token itself into its values, as much as a gate says. Smear: a
token's embedding takes some of the one before it. Each layer begins from a scaled sum of what came before and of the embeddings. Backout:
what stood half way is taken away from the end again, in part. Modules and weights have nanochat's own names.
"""

from __future__ import annotations

from typing import Any

import torch
from huggingface_hub.dataclasses import strict
from torch import nn
from torch.nn import functional as F
from transformers import DynamicCache, GenerationMixin, PreTrainedConfig, PreTrainedModel
from transformers.masking_utils import create_causal_mask, create_sliding_window_causal_mask
from transformers.modeling_layers import GradientCheckpointingLayer
from transformers.modeling_outputs import CausalLMOutputWithPast
from transformers.modeling_utils import ALL_ATTENTION_FUNCTIONS

# Channels of a token that its gates look at.
VALUE_GATE, SMEAR_GATE = 12, 24
# What nanochat multiplies queries and keys by, both.
SHARPER = 1.2


@strict
class NanoChatGPTConfig(PreTrainedConfig):
    """`num_hidden_layers` is one more than the model's layers: the last of the cache keeps embeddings, for the smear."""

    model_type = "nanochat_gpt"

    vocab_size: int = 32768
    hidden_size: int = 768
    num_hidden_layers: int = 13
    num_attention_heads: int = 6
    num_key_value_heads: int = 6
    max_position_embeddings: int = 2048
    # Of each layer of the cache: `full_attention`, or `sliding_attention` over `sliding_window` tokens.
    layer_types: list[str] | None = None
    sliding_window: int | None = None
    rope_theta: float = 100000.0
    final_logit_softcapping: float = 15.0
    initializer_range: float = 0.02
    use_cache: bool = True
    bos_token_id: int | None = 0
    eos_token_id: int | list[int] | None = None
    pad_token_id: int | None = None
    tie_word_embeddings: bool = False

    def __post_init__(self, **kwargs: Any) -> None:
        self.layer_types = self.layer_types or ["full_attention"] * self.num_hidden_layers
        super().__post_init__(**kwargs)

    @property
    def depth(self) -> int:
        """Layers of the model."""
        return self.num_hidden_layers - 1

    def has_value_embedding(self, layer: int) -> bool:
        """Every second layer, counted from the last."""
        return layer % 2 == (self.depth - 1) % 2


def norm(x: torch.Tensor) -> torch.Tensor:
    return F.rms_norm(x, (x.size(-1),))


def rotated(x: torch.Tensor, cos: torch.Tensor, sin: torch.Tensor) -> torch.Tensor:
    """(rows, heads, tokens, size), by angles of each token: nanochat turns the other way than is usual."""
    first, second = x.chunk(2, dim=-1)
    return torch.cat([first * cos + second * sin, second * cos - first * sin], dim=-1)


class Attention(nn.Module):
    def __init__(self, config: NanoChatGPTConfig, layer: int) -> None:
        super().__init__()
        self.config, self.layer_idx = config, layer
        width, heads, shared = config.hidden_size, config.num_attention_heads, config.num_key_value_heads
        self.head_dim = width // heads
        # What transformers' attention functions read.
        self.num_key_value_groups, self.is_causal = heads // shared, True
        self.sliding = config.sliding_window if config.layer_types[layer] == "sliding_attention" else None
        self.c_q = nn.Linear(width, width, bias=False)
        self.c_k = nn.Linear(width, shared * self.head_dim, bias=False)
        self.c_v = nn.Linear(width, shared * self.head_dim, bias=False)
        self.c_proj = nn.Linear(width, width, bias=False)
        self.ve_gate = nn.Linear(VALUE_GATE, shared, bias=False) if config.has_value_embedding(layer) else None

    def forward(
        self, x: torch.Tensor, own: torch.Tensor | None, angles: tuple[torch.Tensor, torch.Tensor], mask: Any, cache: Any
    ) -> torch.Tensor:
        def split(projected: torch.Tensor) -> torch.Tensor:
            return projected.unflatten(-1, (-1, self.head_dim)).transpose(1, 2)

        q, k, v = split(self.c_q(x)), split(self.c_k(x)), split(self.c_v(x))
        if own is not None and self.ve_gate is not None:
            gate = 3 * torch.sigmoid(self.ve_gate(x[..., :VALUE_GATE]))
            v = v + gate.transpose(1, 2).unsqueeze(-1) * split(own)
        q, k = norm(rotated(q, *angles)), norm(rotated(k, *angles))
        if cache is not None:
            k, v = cache.update(k, v, self.layer_idx)
        attend = ALL_ATTENTION_FUNCTIONS[self.config._attn_implementation]
        scaling = SHARPER**2 * self.head_dim**-0.5
        y, _ = attend(self, q, k, v, mask, dropout=0.0, scaling=scaling, sliding_window=self.sliding)
        return self.c_proj(y.flatten(2))


class MLP(nn.Module):
    def __init__(self, config: NanoChatGPTConfig) -> None:
        super().__init__()
        self.c_fc = nn.Linear(config.hidden_size, 4 * config.hidden_size, bias=False)
        self.c_proj = nn.Linear(4 * config.hidden_size, config.hidden_size, bias=False)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.c_proj(F.relu(self.c_fc(x)).square())


class Block(GradientCheckpointingLayer):
    def __init__(self, config: NanoChatGPTConfig, layer: int) -> None:
        super().__init__()
        self.attn, self.mlp = Attention(config, layer), MLP(config)

    def forward(self, x: torch.Tensor, own: torch.Tensor | None, angles: Any, mask: Any, cache: Any) -> torch.Tensor:
        x = x + self.attn(norm(x), own, angles, mask, cache)
        return x + self.mlp(norm(x))


class NanoChatGPTForCausalLM(PreTrainedModel, GenerationMixin):
    """See the file's comment. Attention is PyTorch's own (sdpa)."""

    config: NanoChatGPTConfig
    config_class = NanoChatGPTConfig
    _supports_sdpa = True
    supports_gradient_checkpointing = True
    _no_split_modules = ["Block"]

    def __init__(self, config: NanoChatGPTConfig) -> None:
        super().__init__(config)
        width, depth = config.hidden_size, config.depth
        layers = [Block(config, layer) for layer in range(depth)]
        self.transformer = nn.ModuleDict({"wte": nn.Embedding(config.vocab_size, width), "h": nn.ModuleList(layers)})
        self.lm_head = nn.Linear(width, config.vocab_size, bias=False)
        self.resid_lambdas, self.x0_lambdas = nn.Parameter(torch.ones(depth)), nn.Parameter(torch.zeros(depth))
        self.smear_gate = nn.Linear(SMEAR_GATE, 1, bias=False)
        self.smear_lambda, self.backout_lambda = nn.Parameter(torch.zeros(1)), nn.Parameter(torch.zeros(1))
        shared = config.num_key_value_heads * (width // config.num_attention_heads)
        having = [str(layer) for layer in range(depth) if config.has_value_embedding(layer)]
        self.value_embeds = nn.ModuleDict({layer: nn.Embedding(config.vocab_size, shared) for layer in having})
        self.post_init()

    def get_input_embeddings(self) -> nn.Module:
        return self.transformer["wte"]

    def get_output_embeddings(self) -> nn.Module:
        return self.lm_head

    def forward(
        self,
        input_ids: torch.Tensor,
        attention_mask: torch.Tensor | None = None,
        position_ids: torch.Tensor | None = None,
        past_key_values: Any = None,
        labels: torch.Tensor | None = None,
        use_cache: bool | None = None,
        logits_to_keep: int = 0,
        **rest: Any,
    ) -> CausalLMOutputWithPast:
        """Logits (rows, tokens, vocabulary), of the last `logits_to_keep` tokens alone where that is not 0."""
        config = self.config
        if use_cache and past_key_values is None:
            past_key_values = DynamicCache(config=config)
        if position_ids is None:
            seen = past_key_values.get_seq_length() if past_key_values is not None else 0
            position_ids = (seen + torch.arange(input_ids.shape[1], device=input_ids.device)).unsqueeze(0)
        x = norm(self.transformer["wte"](input_ids))
        about = {"config": config, "inputs_embeds": x, "attention_mask": attention_mask}
        about |= {"past_key_values": past_key_values, "position_ids": position_ids}
        masks = {"full_attention": create_causal_mask(**about)}
        if "sliding_attention" in config.layer_types:
            masks["sliding_attention"] = create_sliding_window_causal_mask(**about)
        angles = self._angles(position_ids, x)
        x = first = self._smeared(x, position_ids, past_key_values)
        half: torch.Tensor | float = 0.0
        for layer, block in enumerate(self.transformer["h"]):
            x = self.resid_lambdas[layer] * x + self.x0_lambdas[layer] * first
            own = self.value_embeds[str(layer)](input_ids) if str(layer) in self.value_embeds else None
            x = block(x, own, angles, masks[config.layer_types[layer]], past_key_values)
            if layer == config.depth // 2:
                half = x
        x = norm(x - self.backout_lambda * half)
        logits = self.lm_head(x[:, -logits_to_keep:] if logits_to_keep else x).float()
        cap = config.final_logit_softcapping
        logits = cap * torch.tanh(logits / cap)
        loss = None
        if labels is not None:
            items = {"num_items_in_batch": rest.get("num_items_in_batch")}
            loss = self.loss_function(logits, labels, vocab_size=config.vocab_size, **items)
        return CausalLMOutputWithPast(loss=loss, logits=logits, past_key_values=past_key_values)

    def _smeared(self, x: torch.Tensor, positions: torch.Tensor, cache: Any) -> torch.Tensor:
        """Each token takes some of the one before, but for a text's first."""
        count = x.shape[1]
        before = F.pad(x, (0, 0, 1, 0))[:, :-1]
        if cache is not None:
            # Keys are what a cache keeps of tokens; of values it wants some, too.
            kept, _ = cache.update(x.unsqueeze(1), x[..., :1].unsqueeze(1), self.config.depth)
            before = F.pad(kept[:, 0], (0, 0, 1, 0))[:, -count - 1 : -1]
        gate = self.smear_lambda * torch.sigmoid(self.smear_gate(x[..., :SMEAR_GATE]))
        return x + gate * (positions > 0).unsqueeze(-1) * before

    def _angles(self, positions: torch.Tensor, like: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        size = self.config.hidden_size // self.config.num_attention_heads
        places = torch.arange(0, size, 2, dtype=torch.float32, device=like.device) / size
        turns = positions.float().unsqueeze(-1) / self.config.rope_theta**places
        return turns.cos().unsqueeze(1).to(like.dtype), turns.sin().unsqueeze(1).to(like.dtype)
