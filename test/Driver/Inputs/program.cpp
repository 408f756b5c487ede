#include <retrograd/retrograd.h>

int main() { return retrograd::sign(0.0) == 0.0 ? 0 : 1; }
