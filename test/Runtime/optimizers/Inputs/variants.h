//===- variants.h - The optimizers that the tests run through -------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every optimizer, with and without each of its options; the names are those of
// make-golden.py where it has the same.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TEST_OPTIMIZERS_VARIANTS_H
#define RETROGRAD_TEST_OPTIMIZERS_VARIANTS_H

#include <retrograd/optimizers.h>

/// Calls visit(name, optimizer) for each variant.
template <class Visit> void for_each_variant(Visit &&visit) {
  using namespace retrograd;
  visit("sgd", SGD{.lr = 0.05});
  visit("sgd_decay", SGD{.lr = 0.05, .weight_decay = 0.1});
  visit("sgd_momentum", SGD{.lr = 0.02, .momentum = 0.9});
  visit("sgd_dampening", SGD{.lr = 0.1, .momentum = 0.9, .dampening = 0.5});
  visit("sgd_nesterov", SGD{.lr = 0.02,
                            .momentum = 0.8,
                            .weight_decay = 0.01,
                            .nesterov = true});
  visit("adagrad", Adagrad{.lr = 0.1});
  visit("adagrad_decay",
        Adagrad{.lr = 0.1, .lr_decay = 0.01, .weight_decay = 0.1});
  visit("adagrad_initial",
        Adagrad{.lr = 0.1, .initial_accumulator_value = 0.5, .eps = 1e-3});
  visit("adadelta", Adadelta{});
  visit("adadelta_decay",
        Adadelta{.lr = 2, .rho = 0.95, .eps = 1e-4, .weight_decay = 0.1});
  visit("rmsprop", RMSProp{});
  visit("rmsprop_decay", RMSProp{.eps = 1e-4, .weight_decay = 0.1});
  visit("rmsprop_momentum", RMSProp{.lr = 0.002, .momentum = 0.9});
  visit("rmsprop_centered",
        RMSProp{.lr = 0.002, .alpha = 0.9, .centered = true});
  visit("rmsprop_centered_momentum", RMSProp{.lr = 0.001,
                                             .alpha = 0.9,
                                             .momentum = 0.5,
                                             .centered = true});
  visit("adam", Adam{.lr = 0.01});
  visit("adam_default", Adam{});
  visit("adam_amsgrad",
        Adam{.lr = 0.01, .beta1 = 0.9, .beta2 = 0.9, .amsgrad = true});
  visit("adam_decay", Adam{.lr = 0.01, .weight_decay = 0.1});
  visit("adam_eps", Adam{.lr = 0.01, .beta1 = 0.8, .beta2 = 0.99, .eps = 1e-2});
  visit("adamw", AdamW{.lr = 0.01});
  visit("adamw_amsgrad", AdamW{.lr = 0.01,
                               .beta2 = 0.9,
                               .weight_decay = 0.1,
                               .amsgrad = true});
  visit("adamax", Adamax{.lr = 0.01});
  visit("adamax_decay",
        Adamax{.beta1 = 0.8, .beta2 = 0.95, .weight_decay = 0.1});
  visit("nadam", NAdam{.lr = 0.01});
  visit("nadam_decay", NAdam{.weight_decay = 0.1, .momentum_decay = 0.1});
  visit("nadam_decoupled",
        NAdam{.weight_decay = 0.1, .decay_kind = decay::decoupled});
  visit("radam", RAdam{.lr = 0.01});
  visit("radam_decay", RAdam{.beta1 = 0.8, .beta2 = 0.9, .weight_decay = 0.1});
  visit("radam_decoupled",
        RAdam{.weight_decay = 0.1, .decay_kind = decay::decoupled});
  visit("lion", Lion{.lr = 0.01});
  visit("lion_decay", Lion{.lr = 0.003,
                           .beta1 = 0.95,
                           .beta2 = 0.98,
                           .weight_decay = 0.5});
}

#endif // RETROGRAD_TEST_OPTIMIZERS_VARIANTS_H
