"""Fine-tune the encoder on gold reports. Needs the extra `train` (torch, onnx); running it does not."""
