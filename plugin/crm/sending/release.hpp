// Releasing: on the day of sending each planned dispatch gets its exact bytes, Date, Message-ID and signed
// addresses. Facts are loaded for a whole batch at once, messages and letters are made on all cores without
// the GIL, the bytes go into the host's filestore, and one short transaction marks the rows. While a batch is
// sent the next is made, and the facts of the one after it are already there. What was released but not
// claimed is made anew when a fact in it changed or it is a day old. [gil-held].
#pragma once

#include "crm/message/message_loader.hpp"
#include "crm/sending/claim.hpp"

#include <atomic>
#include <chrono>
#include <deque>
#include <memory>
#include <string>
#include <vector>

namespace raadspost::crm {

class Releaser {
public:
    struct Counts {
        std::size_t released = 0;
        std::size_t held = 0;    // could not be made: the row says why
        std::size_t making = 0;  // begun, and released by the next calls
        std::chrono::duration<double> made_in{};
    };
    Releaser();
    ~Releaser();  // waits for what is being made; those rows are taken up again later

    // Releases one batch, and begins the next ones: they are made while the caller sends.
    // Problem "frozen_not_written" when the disk is full: what had no place was not released, none begun.
    Result<Counts> release_batch(const Claimant& claimant, const std::atomic<bool>& halt);
    // Drops what was begun: while nothing may leave, people and the planner decide about it anew.
    void give_back();
    // Only releases all that was begun.
    Result<Counts> finish();

private:
    struct Making;
    bool begin_ahead(const Claimant& claimant, const std::atomic<bool>& halt);  // whether it asked for any
    bool begin(const Claimant& claimant, const std::atomic<bool>& halt);
    void make_of(const Claimant& claimant, tryton::DateTime begun_at, std::vector<MessageInputs> inputs,
                 const std::atomic<bool>& halt);
    Result<Counts> release_oldest();
    std::size_t batch_;                      // dispatches in the next one
    bool all_taken_ = false;                 // the last one took all that was due
    std::unique_ptr<MessageLoader> loader_;  // kept while the texts that it knows are the present ones
    std::string loaded_version_;
    std::vector<std::unique_ptr<Renderer>> renderers_;  // one a thread
    std::deque<std::unique_ptr<Making>> making_;        // last: their threads use the renderers
};

// Where the host's filestore keeps frozen messages of this database.
std::filesystem::path frozen_folder();

}  // namespace raadspost::crm
