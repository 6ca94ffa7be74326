#pragma once

namespace turngreen::explore {

/// Probability that |t| with so many degrees of freedom (above 0, need not be whole) exceeds |t|.
double student_two_sided(double t, double freedom);

}  // namespace turngreen::explore
