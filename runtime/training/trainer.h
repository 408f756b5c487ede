//===- trainer.h - The state and the parts of the training loop -----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One training is one object. Its state is in `training_state`, which a
// checkpoint keeps and which alone decides what comes next; everything else
// follows from the options. The members are in files of their own: the epochs
// in trainer_epoch.h, one step in trainer_step.h, going back in
// trainer_recovery.h, what a checkpoint keeps in trainer_state.h. trainer.cpp
// compiles them.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_RUNTIME_TRAINING_TRAINER_H
#define RETROGRAD_RUNTIME_TRAINING_TRAINER_H

#include "configuration.h"
#include "sparse.h"
#include "state_copy.h"
#include "stopwatch.h"
#include <optional>
#include <retrograd/training/loop.h>

namespace retrograd {

struct training_state {
  std::int64_t epoch = 0;  ///< Whole epochs that are done.
  std::int64_t cursor = 0; ///< Batches of the running epoch that are done.
  std::int64_t step = 0;   ///< Updates.

  double epoch_loss = 0; ///< Sum of the running epoch so far.
  std::uint64_t epoch_samples = 0;
  double last_lr = 0;
  double last_norm = 0;

  double first_loss = std::numeric_limits<double>::quiet_NaN();
  double best_loss = std::numeric_limits<double>::quiet_NaN();
  std::int64_t best_epoch = 0;
  double patience_loss = std::numeric_limits<double>::quiet_NaN();
  std::int64_t since_improvement = 0;

  double rate_factor = 1; ///< What rollbacks have made of the rate.
  std::int64_t skips_in_row = 0;
  std::int64_t since_copy = 0; ///< Steps since the newer copy.

  template <class Archive> void fields(Archive &archive) {
    archive("epoch", epoch);
    archive("cursor", cursor);
    archive("step", step);
    archive("epoch_loss", epoch_loss);
    archive("epoch_samples", epoch_samples);
    archive("last_lr", last_lr);
    archive("last_norm", last_norm);
    archive("first_loss", first_loss);
    archive("best_loss", best_loss);
    archive("best_epoch", best_epoch);
    archive("patience_loss", patience_loss);
    archive("since_improvement", since_improvement);
    archive("rate_factor", rate_factor);
    archive("skips_in_row", skips_in_row);
    archive("since_copy", since_copy);
  }
};

template <class T> class trainer {
public:
  trainer(training_problem<T> &problem, update_rule<T> &rule,
          parameters<T> &params, const fit_options<T> &options);
  summary run();

private:
  // trainer_epoch.h
  void begin();
  void refuse_batches();
  void run_epoch();
  void end_epoch();
  double validate();
  void judge(epoch_record &row, bool &is_best);
  void tell(const epoch_record &row, bool is_best);
  void finish();
  void stop(termination why, std::string message);
  bool stopped() const { return stop_.has_value(); }
  bool failed() const { return stopped() && !is_success(*stop_); }

  // trainer_step.h
  void step();
  void iterate();
  void examine_first_batch();
  void take_reference();
  batch_sum sum_batches();
  batch_sum add_batch(bool add);
  batch_sum add_sparse_batch();
  void check_sparse(const std::vector<index_range> &ranges);
  void forget_rows();
  double correct(const batch_sum &sum);
  double norm() const;
  void update(double scale, double norm);
  void tell(const batch_sum &sum, double scale);
  void check_limits();
  progress_state progress() const;

  // trainer_recovery.h
  bool wants_copies() const;
  std::int64_t copy_interval() const;
  void visit_copied(archive &to);
  void copy();
  void reject(const batch_sum &sum, double norm);
  void watch(double loss);
  void roll_back(state_copy &to, termination why, const std::string &what);

  // trainer_state.h
  void fields(archive &to);
  training_configuration configuration() const;
  void save();
  void resume();

  training_problem<T> &problem_;
  update_rule<T> &rule_;
  parameters<T> &params_;
  const fit_options<T> &options_;
  std::optional<reduce_on_plateau> plateau_;

  training_state state_;
  summary summary_;
  std::optional<termination> stop_;
  std::uint64_t batch_size_;
  std::int64_t batches_ = 0; ///< Of an epoch.
  bool first_batch_ = true;
  bool first_sparse_ = true;
  bool wants_steps_ = false; ///< Someone looks at each step.
  stopwatch clock_;

  std::vector<std::uint64_t> order_;
  std::vector<T> gradient_;
  std::vector<T> at_reference_;  ///< Gradient there, for rules that correct.
  std::vector<T> mean_gradient_; ///< For callbacks.
  std::vector<T> before_;        ///< Parameters, where update norms are wanted.
  std::vector<T> best_;          ///< Parameters of the best epoch.
  double update_norm_ = std::numeric_limits<double>::quiet_NaN();
  double validation_loss_ = std::numeric_limits<double>::quiet_NaN();
  std::uint64_t samples_ = 0; ///< In this run.
  std::int64_t steps_of_epoch_ = 0;

  std::vector<double> losses_; ///< Of the last steps, for the guard.
  state_copy older_, newer_;

  std::vector<std::int64_t> indices_;
  std::vector<std::uint64_t> rows_; ///< That the step touches, ascending.
};

} // namespace retrograd

#endif // RETROGRAD_RUNTIME_TRAINING_TRAINER_H
