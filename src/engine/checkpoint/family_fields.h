#pragma once

#include "turngreen/engine/checkpoint/architecture.h"

namespace turngreen::checkpoint {

// The fields of each family's config.json with the defaults of transformers' configuration classes,
// said once for ConfigReader, which takes them from a file, and ConfigWriter, which puts what has
// changed into one. `Shape` is an Architecture, constant for the writer.

template <typename Fields, typename Shape>
void visit_bert(Fields& fields, Shape& shape) {
  fields.count("vocab_size", shape.vocabulary, 30522);
  fields.count("hidden_size", shape.hidden, 768);
  fields.count("intermediate_size", shape.intermediate, 3072);
  fields.count("num_attention_heads", shape.heads, 12);
  fields.count("max_position_embeddings", shape.max_positions, 512);
  fields.count("type_vocab_size", shape.token_types, 2);
  fields.layers("num_hidden_layers", shape.layers, 12);
  fields.activation("hidden_act", shape.activation);
  fields.positive("layer_norm_eps", shape.norm_epsilon, 1e-12);
  fields.probability("hidden_dropout_prob", shape.dropouts.hidden, 0.1);
  fields.probability("attention_probs_dropout_prob", shape.dropouts.attention, 0.1);
  fields.probability("classifier_dropout", shape.dropouts.classifier, shape.dropouts.hidden);
  fields.positive("initializer_range", shape.initializer_range, 0.02);
  fields.pad_id(shape.pad_id, 0);
}

template <typename Fields, typename Shape>
void visit_distilbert(Fields& fields, Shape& shape) {
  fields.count("vocab_size", shape.vocabulary, 30522);
  fields.count("dim", shape.hidden, 768);
  fields.count("hidden_dim", shape.intermediate, 3072);
  fields.count("n_heads", shape.heads, 12);
  fields.count("max_position_embeddings", shape.max_positions, 512);
  fields.layers("n_layers", shape.layers, 6);
  fields.activation("activation", shape.activation);
  fields.probability("dropout", shape.dropouts.hidden, 0.1);
  fields.probability("attention_dropout", shape.dropouts.attention, 0.1);
  fields.probability("seq_classif_dropout", shape.dropouts.classifier, 0.2);
  fields.positive("initializer_range", shape.initializer_range, 0.02);
  fields.pad_id(shape.pad_id, 0);
}

template <typename Fields, typename Shape>
void visit_modernbert(Fields& fields, Shape& shape) {
  fields.count("vocab_size", shape.vocabulary, 50368);
  fields.count("hidden_size", shape.hidden, 768);
  fields.count("intermediate_size", shape.intermediate, 1152);
  fields.count("num_attention_heads", shape.heads, 12);
  fields.count("max_position_embeddings", shape.max_positions, 8192);
  fields.layers("num_hidden_layers", shape.layers, 22);
  fields.activation("hidden_activation", shape.activation);
  fields.activation("classifier_activation", shape.classifier_activation);
  fields.positive("norm_eps", shape.norm_epsilon, 1e-5);
  fields.flag("norm_bias", shape.norm_bias, false);
  fields.flag("attention_bias", shape.attention_bias, false);
  fields.flag("mlp_bias", shape.mlp_bias, false);
  fields.flag("classifier_bias", shape.classifier_bias, false);
  fields.pooling("classifier_pooling", shape.classifier_pooling);
  fields.probability("embedding_dropout", shape.dropouts.embedding, 0);
  fields.probability("attention_dropout", shape.dropouts.attention, 0);
  fields.probability("mlp_dropout", shape.dropouts.mlp, 0);
  fields.probability("classifier_dropout", shape.dropouts.classifier, 0);
  fields.positive("initializer_range", shape.initializer_range, 0.02);
  fields.positive("initializer_cutoff_factor", shape.initializer_cutoff_factor, 2);
  fields.pad_id(shape.pad_id, 50283);
}

template <typename Fields, typename Shape>
void visit_fields(Fields& fields, Shape& shape) {
  switch (shape.family) {
    case Family::bert:
      return visit_bert(fields, shape);
    case Family::distilbert:
      return visit_distilbert(fields, shape);
    case Family::modernbert:
      return visit_modernbert(fields, shape);
  }
}

}  // namespace turngreen::checkpoint
