// One process around one Verilated design, driven through two named FIFOs and a shared file.
//
//   simulator REQUESTS RESPONSES SHARED BATCH_CYCLES SEED [WAVEFORM FIRST_CYCLE LAST_CYCLE | COVERAGE]
//
// A request is a header of four 32-bit words {operation, slot, cycles, 0} and one frame of inputs; a response is a header
// {status, message bytes, cycles done, 0}, two frames of outputs (before and after the rising edge) and the message.
// In streaming, frames lie in the shared file: two slots of BATCH_CYCLES input frames, then two of output frames. A sweep's
// outputs go there too; its inputs are the frames of slot 0, in each batch again, each ORed with the request's frame.
// Before the first request it greets with {0, 0, bytes of an input frame, bytes of an output frame}.
// `design.h` is generated for the design: frame sizes, and how a frame maps to its ports.
//
// It ends when its pipe closes or its parent dies. It does not check values; the test bench does.

#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <memory>
#include <string>
#include <vector>

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "design.h"
#include "verilated.h"
#if VM_COVERAGE
#include "verilated_cov.h"
#endif
#if VM_TRACE_FST
#include "verilated_fst_c.h"
#elif VM_TRACE
#include "verilated_vcd_c.h"
#endif

namespace {

enum Operation : uint32_t { kQuit = 0, kSettle = 1, kTick = 2, kStream = 3, kBareLoop = 4, kSweep = 5 };
enum Status : uint32_t { kOk = 0, kStopped = 1, kFatal = 2, kUnrecorded = 3 };

struct Header {
  uint32_t word[4];
};

/** Which cycles go to a waveform file; none where there is no file. */
struct Window {
  std::string waveform;
  uint64_t first = 0;
  uint64_t last = 0;
};

/** Thrown out of eval() where Verilator's runtime would abort (for example a loop that does not settle). */
struct RuntimeFatal : std::exception {};

/** Thrown where the waveform cannot be written: nothing is wrong with the design then. */
struct RecordingFailed : std::exception {};

std::string messages;
bool stopped = false;

}  // namespace

extern "C" int harness_printf(const char* format, ...) {
  char text[4096];
  va_list arguments;
  va_start(arguments, format);
  const int length = vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  if (messages.size() < 16384) messages += text;
  return length;
}

void vl_stop(const char*, int, const char*) { stopped = true; }

void vl_finish(const char* file, int line, const char*) {
  harness_printf("%s:%d: the design called $finish\n", file, line);
  stopped = true;
}

void vl_fatal(const char* file, int line, const char*, const char* message) {
  harness_printf("%s:%d: %s\n", file ? file : "", line, message);
  throw RuntimeFatal{};
}

namespace {

class Simulator {
 public:
  Simulator(int seed, const Window& window) : context_{new VerilatedContext}, window_{window} {
    context_->fatalOnError(false);
    context_->timeunit(-9);
    context_->timeprecision(-9);
    context_->randReset(2);
    context_->randSeed(seed);
#if VM_TRACE
    context_->traceEverOn(true);
#endif
    top_.reset(new Vdesign{context_.get(), "dut"});
    // Power-up with the reset inactive, so that asserting it is an edge, which an asynchronous reset waits for.
    set_clock(*top_, 0);
    set_reset(*top_, 1);
    top_->eval();
#if VM_COVERAGE
    context_->coveragep()->forcePerInstance(true);
#endif
#if VM_TRACE
    if (!window_.waveform.empty()) top_->trace(&trace_, 99);
#endif
  }

  void open_waveform() {
#if VM_TRACE
    if (window_.waveform.empty()) return;
    recording([this] { trace_.open(window_.waveform.c_str()); });
    if (!trace_.isOpen()) throw RecordingFailed{};
#endif
  }

  /** What was recorded is in the file, all of it. */
  void close_waveform() {
#if VM_TRACE
    if (trace_.isOpen()) recording([this] { trace_.close(); });
#endif
  }

  /** Inputs with the clock low: what the coming rising edge will see. */
  void settle(const uint8_t* inputs) {
    set_clock(*top_, 0);
    apply_inputs(*top_, inputs);
    top_->eval();
#if VM_COVERAGE
    // Inputs and registers start with random values: what changes before the first edge tells of no stimulus.
    if (cycle_ == 0) context_->coveragep()->zero();
#endif
    dump();
  }

  void rising_edge() {
    context_->timeInc(5);
    set_clock(*top_, 1);
    top_->eval();
    dump();
    context_->timeInc(5);
    ++cycle_;
  }

  void sample(uint8_t* outputs) const { sample_outputs(*top_, outputs); }

  /** Writes the counts of a `coverage` build, whole and then renamed; false where that fails. */
  bool write_coverage(const std::string& path) const {
#if VM_COVERAGE
    const std::string part = path + ".part";
    context_->coveragep()->write(part.c_str());
    return std::rename(part.c_str(), path.c_str()) == 0;
#else
    return path.empty();
#endif
  }

 private:
  void dump() {
#if VM_TRACE
    if (!trace_.isOpen() || cycle_ < window_.first || cycle_ > window_.last) return;
    recording([this] { trace_.dump(context_->time()); });
#endif
  }

  template <typename Step>
  static void recording(Step step) {
    try {
      step();
    } catch (const RuntimeFatal&) {
      throw RecordingFailed{};
    }
  }

  std::unique_ptr<VerilatedContext> context_;
  Window window_;
  uint64_t cycle_ = 0;
#if VM_TRACE_FST
  VerilatedFstC trace_;
#elif VM_TRACE
  VerilatedVcdC trace_;
#endif
  std::unique_ptr<Vdesign> top_;
};

/** The same loop with nobody at the other end: inputs from a small table in memory, outputs folded into a checksum. */
uint32_t bare_loop(Simulator& simulator, uint32_t cycles, const uint8_t* table, uint32_t frames) {
  uint64_t checksum = 0;
  alignas(8) uint8_t outputs[kOutputBytes];
  for (uint32_t cycle = 0; cycle < cycles; ++cycle) {
    simulator.settle(table + size_t{cycle % frames} * kInputBytes);
    simulator.sample(outputs);
    uint64_t word;
    std::memcpy(&word, outputs, sizeof word);
    checksum = checksum * 31 + word;
    simulator.rising_edge();
  }
  return static_cast<uint32_t>(checksum);
}

/**
 * Single cycles are a ping-pong in which only one side ever works: on one processor a round trip takes about 8 us, across
 * two sleeping ones 50. So for those we stay with our parent's main thread on the processor where it runs, and hold it there
 * too (an idle machine would move it away at every answer); for batches, and at the end, both go where the system likes.
 */
class Placement {
 public:
  Placement() : parent_{getppid()} { sched_getaffinity(0, sizeof anywhere_, &anywhere_); }
  ~Placement() { anywhere(); }
  Placement(const Placement&) = delete;
  Placement& operator=(const Placement&) = delete;

  void beside_parent() {
    if (countdown_-- > 0) return;
    countdown_ = 256;
    const int processor = parents_processor();
    if (processor < 0 || processor == current_) return;
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(processor, &one);
    if (sched_setaffinity(0, sizeof one, &one) == 0) current_ = processor;
    sched_setaffinity(parent_, sizeof one, &one);
  }

  void anywhere() {
    if (current_ >= 0) {
      sched_setaffinity(0, sizeof anywhere_, &anywhere_);
      sched_setaffinity(parent_, sizeof anywhere_, &anywhere_);
    }
    current_ = -1;
    countdown_ = 0;
  }

 private:
  /** Field 39 of /proc/PID/stat, counted after the command name, which may contain anything. */
  int parents_processor() const {
    char text[1024];
    snprintf(text, sizeof text, "/proc/%d/stat", static_cast<int>(parent_));
    FILE* const file = fopen(text, "r");
    if (file == nullptr) return -1;
    const size_t length = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[length] = 0;
    const char* field = strrchr(text, ')');
    for (int number = 2; field != nullptr && number < 39; ++number) field = strchr(field + 1, ' ');
    return field == nullptr ? -1 : std::atoi(field + 1);
  }

  const pid_t parent_;
  cpu_set_t anywhere_{};
  int current_ = -1;
  int countdown_ = 0;
};

bool read_whole(int fd, uint8_t* bytes, size_t size) {
  for (size_t done = 0; done < size;) {
    const ssize_t got = read(fd, bytes + done, size - done);
    if (got <= 0) return false;
    done += static_cast<size_t>(got);
  }
  return true;
}

bool write_whole(int fd, const uint8_t* bytes, size_t size) {
  for (size_t done = 0; done < size;) {
    const ssize_t put = write(fd, bytes + done, size - done);
    if (put <= 0) return false;
    done += static_cast<size_t>(put);
  }
  return true;
}

uint8_t* map_shared(const char* path, size_t size) {
  const int fd = open(path, O_RDWR);
  if (fd < 0) return nullptr;
  void* const memory = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  close(fd);
  return memory == MAP_FAILED ? nullptr : static_cast<uint8_t*>(memory);
}

struct Session {
  int requests;
  int responses;
  uint8_t* shared;
  uint32_t batch_cycles;

  uint8_t* inputs(uint32_t slot) const { return shared + size_t{slot} * batch_cycles * kInputBytes; }
  uint8_t* outputs(uint32_t slot) const {
    return shared + size_t{2} * batch_cycles * kInputBytes + size_t{slot} * batch_cycles * kOutputBytes;
  }
};

/** The bitwise OR of two frames of inputs. */
void merge_frames(uint8_t* result, const uint8_t* first, const uint8_t* second) {
  for (size_t at = 0; at < kInputBytes; at += sizeof(uint64_t)) {
    uint64_t a;
    uint64_t b;
    std::memcpy(&a, first + at, sizeof a);
    std::memcpy(&b, second + at, sizeof b);
    a |= b;
    std::memcpy(result + at, &a, sizeof a);
  }
}

/** Carries out one request; says how many cycles it simulated. Ends early when the design stops. */
uint32_t carry_out(Simulator& simulator, const Session& session, const Header& request, const uint8_t* inputs,
                   uint8_t* before, uint8_t* after) {
  const uint32_t slot = request.word[1];
  const uint32_t cycles = request.word[2];
  switch (request.word[0]) {
    case kSettle:
      simulator.settle(inputs);
      simulator.sample(after);
      return 0;
    case kTick:
      simulator.settle(inputs);
      simulator.sample(before);
      simulator.rising_edge();
      simulator.sample(after);
      return 1;
    case kStream:
      for (uint32_t cycle = 0; cycle < cycles; ++cycle) {
        simulator.settle(session.inputs(slot) + size_t{cycle} * kInputBytes);
        simulator.sample(session.outputs(slot) + size_t{cycle} * kOutputBytes);
        simulator.rising_edge();
        if (stopped) return cycle + 1;
      }
      return cycles;
    case kSweep:
      for (uint32_t cycle = 0; cycle < cycles; ++cycle) {
        alignas(8) uint8_t frame[kInputBytes];
        merge_frames(frame, inputs, session.inputs(0) + size_t{cycle} * kInputBytes);
        simulator.settle(frame);
        simulator.sample(session.outputs(slot) + size_t{cycle} * kOutputBytes);
        simulator.rising_edge();
        if (stopped) return cycle + 1;
      }
      return cycles;
    case kBareLoop:
      bare_loop(simulator, cycles, session.inputs(0), session.batch_cycles);
      return cycles;
    default:
      harness_printf("unknown operation %u\n", request.word[0]);
      stopped = true;
      return 0;
  }
}

/** Answers requests; true when it was told to quit. */
bool serve(Simulator& simulator, const Session& session) {
  std::vector<uint8_t> request(sizeof(Header) + kInputBytes);
  std::vector<uint8_t> response(sizeof(Header) + 2 * kOutputBytes);
  Placement placement;
  const Header hello{{kOk, 0, kInputBytes, kOutputBytes}};
  if (!write_whole(session.responses, reinterpret_cast<const uint8_t*>(&hello), sizeof hello)) return false;
  while (read_whole(session.requests, request.data(), request.size())) {
    Header header;
    std::memcpy(&header, request.data(), sizeof header);
    if (header.word[0] == kQuit) return true;
    if (header.word[0] >= kStream) {
      placement.anywhere();
    } else {
      placement.beside_parent();
    }
    uint8_t* const before = response.data() + sizeof(Header);
    uint32_t status = kOk;
    uint32_t cycles = 0;
    try {
      cycles = carry_out(simulator, session, header, request.data() + sizeof(Header), before, before + kOutputBytes);
      if (stopped) status = kStopped;
    } catch (const RuntimeFatal&) {
      status = kFatal;
    } catch (const RecordingFailed&) {
      status = kUnrecorded;
    }
    const Header answer{{status, static_cast<uint32_t>(messages.size()), cycles, 0}};
    std::memcpy(response.data(), &answer, sizeof answer);
    if (!write_whole(session.responses, response.data(), response.size())) return false;
    if (!messages.empty()) {
      if (!write_whole(session.responses, reinterpret_cast<const uint8_t*>(messages.data()), messages.size())) return false;
      messages.clear();
    }
    if (status == kFatal || status == kUnrecorded) return false;
  }
  return false;
}

}  // namespace

int main(int argc, char** argv) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (argc < 6) {
    fprintf(stderr, "usage: simulator REQUESTS RESPONSES SHARED BATCH_CYCLES SEED [WAVEFORM FIRST_CYCLE LAST_CYCLE | COVERAGE]\n");
    return 2;
  }
  const auto batch_cycles = static_cast<uint32_t>(std::stoul(argv[4]));
  const size_t shared_bytes = size_t{2} * batch_cycles * (kInputBytes + kOutputBytes);
  const Session session{open(argv[1], O_RDONLY), open(argv[2], O_WRONLY), map_shared(argv[3], shared_bytes), batch_cycles};
  if (session.requests < 0 || session.responses < 0 || session.shared == nullptr) {
    perror("simulator: cannot open its pipes or its shared file");
    return 2;
  }
  Window window;
  if (argc > 8) window = Window{argv[6], std::stoull(argv[7]), std::stoull(argv[8])};
  Simulator simulator{static_cast<int>(std::stoul(argv[5]) & 0x7fffffff), window};
  try {
    simulator.open_waveform();
    const bool orderly = serve(simulator, session);
    simulator.close_waveform();
    if (orderly && argc == 7 && !simulator.write_coverage(argv[6])) return 1;
  } catch (const RecordingFailed&) {
    fprintf(stderr, "cannot write the waveform %s: %s\n", window.waveform.c_str(), messages.c_str());
    fflush(stderr);
    // The simulator is not destroyed: its recorder would try to write once more, and throw where nothing may.
    _exit(2);
  }
  return 0;
}
